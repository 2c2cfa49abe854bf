using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>Finds workloads that only the clock ends or paces. Where any pending event may be next, the clock stands still, and they would go on for ever.</summary>
internal static class Explorability
{
    /// <summary>Why a machine cannot be explored, in one sentence that says what to set; null if it can.</summary>
    public static string? ProblemOf(MachineOptions machine, ExplorationMode mode) => mode == ExplorationMode.Timed
        ? null
        : machine.Workload.Select(part => ProblemOf(part.Name, part.Options, mode)).FirstOrDefault(problem => problem is not null);

    private static string? ProblemOf(string name, WorkloadOptions workload, ExplorationMode mode)
    {
        if (workload is CpuLoadOptions)
        {
            return $"{name} takes CPU time by the clock, and exploring {mode.ToString().ToLowerInvariant()} has no clock: leave it out, every order is explored anyway";
        }

        (bool endsByClock, bool isPaced) = workload switch
        {
            JobOptions job => (job is { Runtime: not null, NumberIos: null }, job.RateIops is not null),
            SingleRequestOptions user => (user is { Runtime: not null, NumberIos: null }, false),
            _ => (false, false),
        };
        string without = $"and exploring {mode.ToString().ToLowerInvariant()} has no clock";
        return endsByClock ? $"{name} ends by runtime alone, {without}: give it a number, e.g. {Example($"{name}.number_ios", "2")}"
            : isPaced ? $"{name} is paced by rate_iops, {without}: take it away with {Example($"{name}.rate_iops", "null")}"
            : null;
    }

    private static string Example(string path, string value) => $"explore: {{ set: {{ {path}: {value} }} }} or --set {path}={value}";
}
