namespace CryptoSim.Simulator;

/// <summary>One function in which a process stands: an async method that has begun and not yet ended.</summary>
/// <param name="Owner">The type that declares it.</param>
/// <param name="Method">Its name.</param>
public readonly record struct CodeFrame(Type Owner, string Method)
{
    /// <summary>Where a process stands, the innermost function first; empty once it has ended.</summary>
    public static IReadOnlyList<CodeFrame> StackOf(Process process)
    {
        var stack = new List<CodeFrame>();
        if (process.Frame is not { } root)
        {
            return stack;
        }

        for (var top = root.Top; top is OperationFrame operation; top = operation.Parent)
        {
            stack.Add(Of(operation.StateMachine));
        }

        stack.Add(Of(root.StateMachine));
        return stack;
    }

    private static CodeFrame Of(Type stateMachine) => new(stateMachine.DeclaringType ?? stateMachine, ProcessNames.Method(stateMachine));
}
