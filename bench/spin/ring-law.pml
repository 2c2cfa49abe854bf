/* The full-ring law in Promela: what Scenarios/Library/ring-law.yaml says, for a comparison with SPIN.
 *
 *   -D W= conversions, each of one bio    -D R= requests of a conversion
 *   -D D= usable entries of the ring      -D E= engines
 *   -D BACKLOG=    1: a request that finds the ring full waits in a queue (correct); 0: it is dropped
 *   -D EVERY=      1: a conversion waits for every request (0618764cb2); 0: only for one answered EBUSY
 *   -D FUSED=      0: one statement of the kernel is one step, as one would write it down first
 *                  1: by hand as few steps as is sound: what touches only its own process runs together with its neighbour
 *
 * An entry of the ring is in use from the submission until its result is taken from the output ring (DM-J10, any order).
 * Rules are those of docs/rules.md. Ends that are not valid are hangs: look for them with -DSAFETY.
 */
#ifndef W
#define W 1
#endif
#ifndef R
#define R 2
#endif
#ifndef D
#define D 1
#endif
#ifndef E
#define E 1
#endif
#ifndef BACKLOG
#define BACKLOG 1
#endif
#ifndef EVERY
#define EVERY 0
#endif
#ifndef FUSED
#define FUSED 0
#endif

chan input = [D] of { byte };       /* jobs in the ring, by the conversion they belong to */
chan output = [D] of { byte };      /* results not yet looked at */
byte used = 0;                      /* entries in use */
byte done[W];                       /* ctx->restart: how often completed and not yet waited for */
byte open[W];                       /* ctx->cc_pending: requests without their final callback */
#if BACKLOG
chan waiting = [W * R] of { byte }; /* answered EBUSY, kept */
#endif

/* caam_jr_enqueue, under the lock of the ring: to the ring, or EBUSY */
inline enqueue(who, mustWait)
{
	if
	:: used < D -> used++; input!who; mustWait = EVERY
	:: used == D -> mustWait = 1;
#if BACKLOG
		waiting!who
#endif
	fi
}

#if BACKLOG
/* an entry is free: the oldest of the queue gets it, and its EINPROGRESS (DM-C5) */
inline refill(next, isNext)
{
	if
	:: nempty(waiting) -> waiting?next; used++; input!next; isNext = 1
	:: empty(waiting) -> skip
	fi
}
#endif

/* kcryptd_async_done with the final status */
inline finish(who)
{
	open[who]--;
#if EVERY
	done[who]++;
#endif
}

#if FUSED
proctype conversion(byte me)
{
	byte sent = 0;
	bit mustWait = 0;
	do
	:: atomic { sent < R && (!mustWait || done[me] > 0) ->
		if
		:: mustWait -> done[me]--
		:: !mustWait -> skip
		fi;
		sent++;
		open[me]++;
		enqueue(me, mustWait) }
	:: atomic { sent == R && open[me] == 0 && (!mustWait || done[me] > 0) -> break }
	od
}

proctype engine()
{
	byte job;
end_idle:
	do
	:: atomic { input?job } ; atomic { output!job; job = 0 }
	od
}

proctype tasklet()
{
	byte job;
#if BACKLOG
	byte next;
	bit isNext;
#endif
end_idle:
	do
	:: atomic { output?job ->
		used--;
#if BACKLOG
		refill(next, isNext);
		if
		:: isNext ->
#if !EVERY
			done[next]++;
#endif
			isNext = 0; next = 0
		:: !isNext -> skip
		fi;
#endif
		finish(job);
		job = 0 }
	od
}
#else
proctype conversion(byte me)
{
	byte sent = 0;
	bit mustWait = 0;
	do
	:: sent < R ->
		atomic { open[me]++; sent++; enqueue(me, mustWait) }
		if
		:: mustWait -> atomic { done[me] > 0 -> done[me]--; mustWait = 0 }   /* wait_for_completion(&ctx->restart) */
		:: !mustWait -> skip
		fi
	:: sent == R -> break
	od;
	open[me] == 0                       /* the bio ends with its last request */
}

proctype engine()
{
	byte job;
end_idle:
	do
	:: input?job ->
		atomic { output!job; job = 0 }
	od
}

proctype tasklet()
{
	byte job;
#if BACKLOG
	byte next;
	bit isNext;
#endif
end_idle:
	do
	:: atomic { output?job ->
			used--;
#if BACKLOG
			refill(next, isNext)
#endif
		}
#if BACKLOG
		if
		:: isNext -> atomic {           /* callback of the one from the queue: EINPROGRESS */
#if !EVERY
			done[next]++;
#endif
			isNext = 0; next = 0 }
		:: !isNext -> skip
		fi;
#endif
		atomic { finish(job); job = 0 }
	od
}
#endif

init
{
	byte i;
	atomic {
		for (i : 1 .. W) { run conversion(i - 1) }
		for (i : 1 .. E) { run engine() }
		run tasklet();
		i = 0
	}
}
