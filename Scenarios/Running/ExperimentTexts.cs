using System.Reflection;

namespace CryptoSim.Scenarios.Running;

/// <summary>What every record of an experiment says alike.</summary>
/// <param name="Version">Version of CryptoSim.</param>
/// <param name="Resolved">The scenario with every default.</param>
/// <param name="Sha256">Its hash.</param>
internal sealed record ExperimentTexts(string Version, string Resolved, string Sha256)
{
    /// <summary>Version of this build.</summary>
    public static string ThisVersion { get; } =
        typeof(Scenario).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static ExperimentTexts Of(Scenario scenario) => new(ThisVersion, scenario.ResolvedYaml(), scenario.Sha256());
}
