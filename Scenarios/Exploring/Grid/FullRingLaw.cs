using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>When W conversions of R requests each, on a ring of D usable entries, can hang. The number of engines has no part in it.</summary>
internal static class FullRingLaw
{
    /// <summary>Whether some schedule hangs; null for a driver that the law is not about.</summary>
    /// <remarks>
    /// A driver that keeps the request never hangs. One that drops it does if the ring can be full at a submission: with
    /// wait-on-busy all W*R requests can be in flight, with wait-every-request one of each conversion.
    /// </remarks>
    public static bool? Hangs(WhenFull driver, Submit submit, int contexts, int requests, int depth) => driver switch
    {
        WhenFull.Backlog => false,
        WhenFull.DropRequest => (submit == Submit.WaitEveryRequest ? contexts : contexts * requests) > depth,
        _ => null,
    };

    /// <summary>The law for a driver, in words.</summary>
    public static string Sentence(string driver, string submit) => (driver, submit) switch
    {
        ("backlog", _) => "never hangs",
        ("drop-request", "wait-every-request") => "can hang exactly if W > D",
        ("drop-request", _) => "can hang exactly if W*R > D",
        _ => "the law is not about this driver",
    };
}
