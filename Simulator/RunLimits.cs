namespace CryptoSim.Simulator;

/// <summary>Where a run ends at the latest. Make it with <c>new RunLimits { … }</c>; unset ones are as written here.</summary>
public readonly record struct RunLimits
{
    /// <summary>All limits at their defaults.</summary>
    public RunLimits()
    {
    }

    /// <summary>The last instant at which something may happen.</summary>
    public VirtualTime TimeLimit { get; init; } = VirtualTime.MaxValue;

    /// <summary>Events in the whole run [1..].</summary>
    public long EventLimit { get; init; } = long.MaxValue;

    /// <summary>Events at one instant; more are a livelock [1..].</summary>
    public long EventsPerInstantLimit { get; init; } = 1_000_000;

    /// <summary>A process blocked for this long that nobody will wake ends the run as a deadlock, while others go on. The kernel's <c>sysctl_hung_task_timeout_secs</c>.</summary>
    public Duration HungTaskTimeout { get; init; } = Duration.FromSeconds(120);

    /// <summary>A value made without the constructor has zeros: they mean the defaults.</summary>
    internal RunLimits Filled()
    {
        var defaults = new RunLimits();
        return new RunLimits
        {
            TimeLimit = TimeLimit == VirtualTime.Zero && EventLimit == 0 ? defaults.TimeLimit : TimeLimit,
            EventLimit = EventLimit == 0 ? defaults.EventLimit : EventLimit,
            EventsPerInstantLimit = EventsPerInstantLimit == 0 ? defaults.EventsPerInstantLimit : EventsPerInstantLimit,
            HungTaskTimeout = HungTaskTimeout == Duration.Zero ? defaults.HungTaskTimeout : HungTaskTimeout,
        };
    }
}

/// <summary>Where a call of <see cref="Simulation.Run(in RunLimits, long)"/> leaves the run.</summary>
public enum RunState
{
    /// <summary>The events allowed for this call are used up; call again to go on.</summary>
    Running,

    /// <summary>It is over: see <see cref="Simulation.Outcome"/>.</summary>
    Ended,
}
