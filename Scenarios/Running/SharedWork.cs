using System.Runtime.ExceptionServices;

namespace CryptoSim.Scenarios.Running;

/// <summary>Does independent pieces of work on several threads, the calling one among them. The simulator keeps its current simulation for each thread, so a piece never changes its thread.</summary>
internal static class SharedWork
{
    /// <summary>Does pieces 0 to <paramref name="count"/> - 1, each once, in no order.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void For(int count, int jobs, Action<int> piece, CancellationToken cancellation)
    {
        int next = 0;
        ExceptionDispatchInfo? failure = null;

        void Work()
        {
            try
            {
                for (int i = Interlocked.Increment(ref next) - 1; i < count && failure is null; i = Interlocked.Increment(ref next) - 1)
                {
                    cancellation.ThrowIfCancellationRequested();
                    piece(i);
                }
            }
            catch (Exception e)
            {
                failure ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        Share(Work, Math.Min(jobs, count));
        failure?.Throw();
    }

    private static void Share(Action work, int jobs)
    {
        Thread[] helpers = new Thread[Math.Max(0, jobs - 1)];
        for (int i = 0; i < helpers.Length; i++)
        {
            helpers[i] = new Thread(() => work()) { IsBackground = true, Name = "cryptosim-run" };
            helpers[i].Start();
        }

        work();
        foreach (Thread helper in helpers)
        {
            helper.Join();
        }
    }
}
