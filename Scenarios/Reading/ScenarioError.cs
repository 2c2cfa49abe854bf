using System.Globalization;

namespace CryptoSim.Scenarios;

/// <summary>Something wrong with a scenario, where it is.</summary>
/// <param name="File">The file as the user named it, or the assignment: <c>--set jr0.dept=4</c>.</param>
/// <param name="Line">1-based; 0 where a line makes no sense.</param>
/// <param name="Column">1-based; 0 where a column makes no sense.</param>
/// <param name="Message">One line.</param>
/// <param name="Kind">Whose mistake it is, and so the exit code.</param>
public sealed record ScenarioError(string File, int Line, int Column, string Message, ScenarioErrorKind Kind)
{
    /// <summary><c>file:line:column: message</c>, or <c>file: message</c> without a line.</summary>
    public override string ToString() => Line > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Message}")
        : $"{File}: {Message}";
}

/// <summary>Whose mistake an error is.</summary>
public enum ScenarioErrorKind
{
    /// <summary>The file cannot be read or is not a valid scenario: exit code 3.</summary>
    Input,

    /// <summary>The command line asks for what the scenario does not have: exit code 2.</summary>
    Usage,
}
