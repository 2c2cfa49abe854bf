using System.Reflection;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>Call traces in the kernel's words: the functions that the async methods stand for in which a process is. Made when a run ends as a fault.</summary>
internal static class CallTrace
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Both sides of a fault in atomic context, in sentences: what the running process does, and whom it interrupted or where it took rcu_read_lock().</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="function">The function that is about to sleep.</param>
    public static string Stacks(LinuxKernel kernel, string function)
    {
        Process running = kernel.Simulation.CurrentProcess;
        int cpu = kernel.CurrentCpu;
        string own = $"Call trace of {running.Name}{(cpu < 0 ? "" : $" on CPU {cpu}")}: {Join([function, .. Of(running)])}.";
        if (kernel.Context == CpuContext.RcuReader)
        {
            return $"{own} It has held rcu_read_lock() since {Join(SinceReadSide(running))}, for its queue has no BLK_MQ_F_BLOCKING.";
        }

        if (cpu < 0)
        {
            return own;
        }

        Process task = kernel.Cpus.RunningOn(cpu);
        return task.Exists ? $"{own} It interrupted {task.Name}: {Join(Of(task))}." : $"{own} It interrupted swapper/{cpu}: cpu_idle.";
    }

    /// <summary>The kernel functions in which a process is, innermost first; those that model no function are left out.</summary>
    public static IReadOnlyList<string> Of(Process process)
    {
        return Names(CodeFrame.StackOf(process));
    }

    /// <summary>From the outermost method that takes rcu_read_lock().</summary>
    private static List<string> SinceReadSide(Process process)
    {
        CodeFrame[] stack = [.. CodeFrame.StackOf(process)];
        int taken = Array.FindLastIndex(stack, TakesReadLock);
        return Names(stack[Math.Max(0, taken)..]);
    }

    private static List<string> Names(IEnumerable<CodeFrame> stack)
    {
        List<string> names = [];
        foreach (CodeFrame frame in stack)
        {
            if (NameOf(frame) is { } name && (names.Count == 0 || names[^1] != name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static string Join(IEnumerable<string> names) => string.Join(" <- ", names);

    /// <summary>The function that the method names, or none if it names a structure alone; else the first that its type names; null if neither names one.</summary>
    private static string? NameOf(CodeFrame frame)
    {
        foreach (MethodInfo method in frame.Owner.GetMethods(Any))
        {
            if (method.Name == frame.Method && method.IsDefined(typeof(KernelSourceAttribute)))
            {
                return FirstFunction(method);
            }
        }

        return FirstFunction(frame.Owner);
    }

    private static bool TakesReadLock(CodeFrame frame) =>
        frame.Owner.GetMethods(Any).Any(method => method.Name == frame.Method && method.IsDefined(typeof(ReadSideAttribute)));

    private static string? FirstFunction(MemberInfo member) =>
        member.GetCustomAttributes<KernelSourceAttribute>()
            .SelectMany(source => source.Symbol.Split(", "))
            .FirstOrDefault(symbol => !symbol.StartsWith("struct ", StringComparison.Ordinal));
}
