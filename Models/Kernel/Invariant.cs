using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CryptoSim.Models.Kernel;

/// <summary>Statements that always hold in a model, checked in every configuration: correctness is the product.</summary>
public static class Invariant
{
    /// <summary>Ends the run as a fault if the statement does not hold.</summary>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="sentence">The statement.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Holds([DoesNotReturnIf(false)] bool holds, string sentence)
    {
        if (!holds)
        {
            Broken(sentence);
        }
    }

    [DoesNotReturn]
    private static void Broken(string sentence) => throw new InvariantException(sentence);
}

/// <summary>A statement about a model that always holds did not: a bug of the model, not of the simulated kernel.</summary>
public sealed class InvariantException : Exception
{
    /// <summary>With the broken statement.</summary>
    /// <param name="sentence">The statement that does not hold.</param>
    public InvariantException(string sentence)
        : base("broken invariant: " + sentence)
    {
    }
}
