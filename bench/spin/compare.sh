#!/usr/bin/env bash
# Compares cryptosim explore with SPIN on the law of a full ring: same configurations, same machine, one run.
# Needs spin and gcc. Prints a table; exits 1 when a verdict differs, 2 when something is missing.
#
#   bench/spin/compare.sh            the proofs and the 48 verdicts
#   bench/spin/compare.sh proofs     only the proofs
#   bench/spin/compare.sh verdicts   only the verdicts
#
# SPIN: spin -a; gcc -O2 -DSAFETY -DMEMLIM=4096; pan -m10000. Its partial-order reduction is on. -DSAFETY leaves
# out what is needed for liveness only. MB is what the stored states take
# ("actual memory usage for states"), without the hash table and the stack that pan reserves beforehand.
# Seconds are those that each says its search took by the wall, so let nothing else run; spin -a and gcc are not in it.
# "fused" is the model with FUSED=1, as few steps as an expert can make it.
#
# What differs, and cannot be made equal:
#  - cryptosim's ring hands a job straight to an engine that waits; SPIN's channel has a state in between. That alone
#    gives cryptosim fewer states.
#  - cryptosim takes conversions for each other (symmetry). SPIN does not; --no-symmetry is the column beside.
#  - cryptosim explores the model that also runs in time, with all of its checks; the Promela models were written for this.
#  - an entry of cryptosim's ring takes more bytes: its state is that of C# objects.
set -u
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -P -- "$here/../.." && pwd)
cryptosim=${CRYPTOSIM:-$root/cryptosim}
limit=${SPIN_SECONDS:-120}   # wall seconds for one search of SPIN
what=${1:-all}

for tool in spin gcc python3; do
  if ! command -v "$tool" > /dev/null; then
    echo "compare.sh: '$tool' was not found: apt-get install spin gcc python3" >&2
    exit 2
  fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
differ=0

# spin_search FUSED BACKLOG EVERY W R D E: "verdict states seconds MB"
spin_search() {
  local dir=$work/pan
  rm -rf "$dir"
  mkdir "$dir"
  (cd "$dir" && spin -a "-DFUSED=$1" "-DBACKLOG=$2" "-DEVERY=$3" "-DW=$4" "-DR=$5" "-DD=$6" "-DE=$7" "$here/ring-law.pml" > spin.log &&
    gcc -O2 -w -DSAFETY -DMEMLIM=4096 -o pan pan.c) || { echo "error - - -"; return; }
  timeout "$limit" "$dir/pan" -m10000 > "$dir/pan.log" 2>&1
  awk '
    /errors: /                            { sub(/.*errors: /, ""); verdict = $1 > 0 ? "deadlock" : "proved" }
    /states, stored/                      { states = $1 }
    /actual memory usage for states/      { mb = $1 }
    /elapsed time/                        { s = $4 }
    /max search depth too small|out of memory|reached -DMEMLIM/ { open = 1 }
    END { print (verdict == "" || (open && verdict == "proved")) ? "open - - -" : verdict " " states " " s " " (mb == "" ? "0" : mb) }' "$dir/pan.log"
}

# our_search VARIANT W R D E FLAGS...: "verdict states seconds MB"
our_search() {
  local variant=$1 w=$2 r=$3 d=$4 e=$5
  shift 5
  "$cryptosim" explore "$root/Scenarios/Library/ring-law.yaml" --variant "$variant" --json --out "$work/out" "$@" \
    --set "law.contexts=$w" --set "law.requests=$r" --set "law.usable=$d" --set "law.engines=$e" > "$work/our.json" 2> "$work/our.err"
  python3 - "$work/our.json" << 'PY' || { head -3 "$work/our.err" >&2; echo "error - - -"; }
import json, sys
run = json.load(open(sys.argv[1]))["runs"][0]
verdict = run.get("found") or run["verdict"]
print(verdict.lower(), run["states"], "%.3f" % run["seconds"], "%.1f" % (run["peak_bytes"] / 1e6))
PY
}

row() { printf '%-9s %-17s %-9s %12s %9s %9s\n' "$@"; }

proof() {
  local w=$1 r=$2 d=$3 e=$4 name result
  row "$w $r $d $e" "" verdict states seconds MB
  compare() {
    name=$1
    shift
    result=$("$@")
    # shellcheck disable=SC2086
    set -- $result
    row "" "$name" "$1" "$2" "$3" "$4"
    case $1 in proved | open) ;; *) differ=$((differ + 1)) ;; esac
  }
  compare "SPIN natural" spin_search 0 1 0 "$w" "$r" "$d" "$e"
  compare "SPIN fused" spin_search 1 1 0 "$w" "$r" "$d" "$e"
  compare "cryptosim" our_search backlog "$w" "$r" "$d" "$e"
  compare "  --no-fuse" our_search backlog "$w" "$r" "$d" "$e" --no-fuse
  if [ "$w" -lt 4 ]; then
    compare "  neither" our_search backlog "$w" "$r" "$d" "$e" --no-fuse --no-symmetry
  fi
}

# 48: W 1..3, R 1..2, D 1..2, E 1..2 under a driver that drops, with both ways to wait. All of cryptosim's in two runs.
verdicts() {
  local every variant w r d e spin ours agree=0 all=0
  for every in 0 1; do
    variant=drop-request
    [ "$every" = 1 ] && variant=drop-request-worked-around
    "$cryptosim" explore "$root/Scenarios/Library/ring-law.yaml" --variant "$variant" --json \
      --grid --range contexts=1..3 --range requests=1..2 --range depth=1..2 --range engines=1..2 > "$work/grid.json" 2> "$work/our.err"
    for w in 1 2 3; do for r in 1 2; do for d in 1 2; do for e in 1 2; do
      ours=$(python3 - "$work/grid.json" "$w" "$r" "$d" "$e" << 'PY'
import json, sys
wanted = [int(a) for a in sys.argv[2:]]
for cell in json.load(open(sys.argv[1]))["cells"]:
    if [cell[k] for k in ("contexts", "requests", "depth", "engines")] == wanted:
        print((cell.get("found") or cell["verdict"]).lower())
PY
      )
      read -r spin _ <<< "$(spin_search 0 0 "$every" "$w" "$r" "$d" "$e")"
      all=$((all + 1))
      if [ "$spin" = "$ours" ]; then
        agree=$((agree + 1))
      else
        differ=$((differ + 1))
        echo "W$w R$r D$d E$e $variant: SPIN says $spin, cryptosim says ${ours:-nothing}"
      fi
    done; done; done; done
  done
  echo "$agree of $all verdicts of drivers that drop agree"
}

if [ "$what" != verdicts ]; then
  echo "correct backlog, every schedule; $(spin -V 2>&1 | head -1), $(gcc --version | head -1)"
  proof 1 8 4 1
  proof 3 2 2 2
  proof 4 2 2 2
  proof 4 3 2 2
fi
[ "$what" = proofs ] || verdicts
[ "$differ" -eq 0 ]
