namespace CryptoSim.Models.Options;

/// <summary>Something wrong with otherwise well-formed options: a combination that cannot be built.</summary>
/// <param name="Path">Dotted path of the option, e.g. <c>jr0.engine_qlen</c>.</param>
/// <param name="Message">The rest of a sentence that begins with the path.</param>
public sealed record OptionProblem(string Path, string Message);
