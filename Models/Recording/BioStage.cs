namespace CryptoSim.Models.Recording;

/// <summary>Where a bio is on its way. It is in exactly one of them at any instant, so that their times add up to its latency.</summary>
public enum BioStage : byte
{
    /// <summary>From submission until it is queued to kcryptd, or submitted to the device below.</summary>
    Map,

    /// <summary>From queue_work until a kworker of kcryptd runs it.</summary>
    KcryptdWait,

    /// <summary>In crypt_convert, except where that waits: allocating, submitting, and all of a synchronous cipher; waiting for the CPU included.</summary>
    Conversion,

    /// <summary>Waiting until an engine takes the request that everything waits for: in the driver's backlog, in a crypto_queue, in the ring.</summary>
    RingWait,

    /// <summary>An engine works on that request.</summary>
    Engine,

    /// <summary>From the end of that work until the callback: completion latency, coalescing, hardirq and tasklet.</summary>
    Interrupt,

    /// <summary>From complete() until the converter runs again.</summary>
    WakeUp,

    /// <summary>From the write tree until dmcrypt_write submits it.</summary>
    Writer,

    /// <summary>From submission to the device below until its end, waiting for a tag included.</summary>
    Device,
}

/// <summary>The names of stages.</summary>
public static class BioStages
{
    /// <summary>Stages that there are.</summary>
    public const int Count = 9;

    /// <summary>The word for people, e.g. <c>kcryptd wait</c>.</summary>
    public static string Word(this BioStage stage) => stage switch
    {
        BioStage.Map => "map",
        BioStage.KcryptdWait => "kcryptd wait",
        BioStage.Conversion => "conversion",
        BioStage.RingWait => "ring wait",
        BioStage.Engine => "engine",
        BioStage.Interrupt => "interrupt",
        BioStage.WakeUp => "wake-up",
        BioStage.Writer => "writer",
        _ => "device",
    };

    /// <summary>The word in a metric's name, e.g. <c>kcryptd_wait</c>.</summary>
    public static string MetricWord(this BioStage stage) => stage.Word().Replace(' ', '_').Replace('-', '_');
}
