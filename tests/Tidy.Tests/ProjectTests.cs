using System.Xml.Linq;

namespace CryptoSim.Tidy.Tests;

public class ProjectTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Simulator"] = [],
        ["Models"] = ["Simulator"],
        ["Scenarios"] = ["Models", "Simulator"],
        ["Reports"] = ["Simulator"],
        ["Cli"] = ["Scenarios", "Reports"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Simulator"] = [],
        ["Models"] = [],
        ["Scenarios"] = ["MathNet.Numerics", "YamlDotNet"],
        ["Reports"] = ["CsvHelper", "MathNet.Numerics"],
        ["Cli"] = ["Spectre.Console", "System.CommandLine"],
    };

    [Fact]
    public void A_project_uses_only_the_projects_below_it() =>
        Tidy.None(MayUse.Keys, project => Except(References(project), MayUse[project]));

    [Fact]
    public void A_third_party_package_is_used_by_the_projects_it_belongs_to() =>
        Tidy.None(Packages.Keys, project => Except(PackagesOf(project), Packages[project]));

    [Fact]
    public void Every_package_version_stands_in_one_place() =>
        Tidy.None(Projects(), file => Load(file).Descendants("PackageReference").Any(reference => reference.Attribute("Version") is not null) ? "names a version" : null);

    [Fact]
    public void Every_project_is_in_the_solution_and_has_a_lock_file()
    {
        string solution = Repository.Text("CryptoSim.sln").Replace('\\', '/');
        Tidy.None(Projects(), file => solution.Contains(file, StringComparison.Ordinal) ? null : "is not in CryptoSim.sln");
        Tidy.None(Projects(), file => Repository.Exists(Path.GetDirectoryName(file) + "/packages.lock.json") ? null : "has no lock file");
    }

    [Fact]
    public void Reports_see_neither_models_nor_scenarios() =>
        Tidy.None(Repository.Sources("Reports"), file => Tidy.LineOf(Repository.Text(file), "CryptoSim.Models") ?? Tidy.LineOf(Repository.Text(file), "CryptoSim.Scenarios"));

    [Fact]
    public void The_command_line_sees_models_only_through_scenarios() =>
        Tidy.None(Repository.Sources("Cli"), file => Tidy.LineOf(Repository.Text(file), "using CryptoSim.Models"));

    private static IEnumerable<string> Projects() => Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    private static XDocument Load(string file) => XDocument.Load(Repository.Full(file));

    private static XDocument Project(string name) => Load($"{name}/CryptoSim.{name}.csproj");

    private static IEnumerable<string> References(string project) =>
        Project(project).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value.Split('/')[1]);

    /// <summary>Packages that are part of the program; analyzers are not.</summary>
    private static IEnumerable<string> PackagesOf(string project) =>
        Project(project).Descendants("PackageReference").Where(reference => reference.Attribute("PrivateAssets") is null).Select(reference => reference.Attribute("Include")!.Value);

    private static string? Except(IEnumerable<string> found, string[] allowed) =>
        found.Except(allowed).ToList() is { Count: > 0 } others ? "must not use " + string.Join(", ", others) : null;
}
