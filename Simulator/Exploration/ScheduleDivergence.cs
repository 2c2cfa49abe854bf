using System.Globalization;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Where a replay left the schedule.</summary>
/// <param name="Step">1-based number of the step.</param>
/// <param name="Expected">What the schedule says.</param>
/// <param name="Got">What the run shows.</param>
public sealed record ScheduleDivergence(int Step, string Expected, string Got)
{
    /// <summary>One line: <c>diverged at step 17: expected ..., got ...</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"diverged at step {Step}: expected {Expected}, got {Got}");

    /// <summary>The schedule names a process that cannot take the next step.</summary>
    internal static ScheduleDivergence NotOpen(SteppedRun run, string name, ChoicePoint point)
    {
        var able = Enumerable.Range(0, Math.Min(point.Count, 8)).Select(point.NameAt);
        return new ScheduleDivergence(run.Steps + 1, $"a step of {name}", $"{name} cannot run; those that can are {string.Join(", ", able)}{(point.Count > 8 ? ", ..." : "")}");
    }
}
