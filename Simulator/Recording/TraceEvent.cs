namespace CryptoSim.Simulator.Recording;

/// <summary>What kind of happening a trace line tells; decides how the sequence chart draws it.</summary>
public enum TraceKind
{
    /// <summary>A call from one part into another, e.g. <c>caam_jr_enqueue</c>.</summary>
    Call,

    /// <summary>The answer to the last call, e.g. <c>EBUSY</c>.</summary>
    Return,

    /// <summary>A completion callback, e.g. <c>kcryptd_async_done</c>.</summary>
    Callback,

    /// <summary>A process goes to sleep on something.</summary>
    Wait,

    /// <summary>A process that slept was signalled.</summary>
    Wake,

    /// <summary>Something happened inside a part, e.g. an engine finished a job.</summary>
    Step,

    /// <summary>A rule was broken or a request was lost here.</summary>
    Fault,
}

/// <summary>One line of the trace. Every text is spelled as the kernel spells it, so that it can be searched there.</summary>
/// <param name="AtPicoseconds">[ps] Virtual time.</param>
/// <param name="Kind">What kind of happening.</param>
/// <param name="Process">The process in which it happened, e.g. <c>kcryptd/0</c>; the lane an arrow starts from.</param>
/// <param name="Context"><c>process</c>, <c>softirq</c>, <c>hardirq</c>, or <c>hw</c> for a device.</param>
/// <param name="Function">The kernel function, e.g. <c>caam_jr_enqueue</c>.</param>
/// <param name="Target">The other part, e.g. <c>jr0</c>; the lane an arrow ends at; empty if there is none.</param>
/// <param name="Subject">What it is about, e.g. <c>req#4</c> or <c>bio#1</c>; empty if nothing.</param>
/// <param name="Result">The answer or status, e.g. <c>EBUSY</c>, <c>EINPROGRESS</c>, <c>0</c>; empty if none.</param>
/// <param name="Detail">Anything else a reader wants, e.g. <c>ring 3/3, request dropped</c>; empty if nothing.</param>
public sealed record TraceEvent(
    long AtPicoseconds, TraceKind Kind, string Process, string Context, string Function, string Target, string Subject, string Result, string Detail)
{
    /// <summary>Line of the model that it comes from, <c>JobRing.cs:97</c>; empty unless it was asked for. No part of a run record.</summary>
    public string Source { get; init; } = "";
}
