using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>What is measured about a dm-crypt target; decides nothing.</summary>
public sealed class DmCryptMeter
{
    [NotState]
    private readonly LatencyHistogram _conversions = new();
    [NotState]
    private readonly Tally _conversion = new();

    /// <summary>Start of crypt_convert until cc_pending is 0.</summary>
    public Tally Conversion => _conversion;

    /// <summary>The same as a histogram.</summary>
    public LatencyHistogram Conversions => _conversions;

    /// <summary>Waits on ctx->restart.</summary>
    [field: NotState]
    public long RestartWaits { get; private set; }

    /// <summary>Bios or parts converted for writing.</summary>
    [field: NotState]
    public long Writes { get; private set; }

    /// <summary>Bios or parts converted after reading.</summary>
    [field: NotState]
    public long Reads { get; private set; }

    /// <summary>Queues that writes passed on their way.</summary>
    [field: NotState]
    public HopCount WriteHops { get; private set; }

    /// <summary>Queues that reads passed on their way.</summary>
    [field: NotState]
    public HopCount ReadHops { get; private set; }

    internal void Restart()
    {
        _conversions.Reset();
        _conversion.Reset();
        (RestartWaits, Writes, Reads) = (0, 0, 0);
        (WriteHops, ReadHops) = (default, default);
    }

    internal void Waited() => RestartWaits++;

    internal void Ended(bool isWrite, int hops)
    {
        WriteHops = isWrite ? WriteHops.Plus(hops) : WriteHops;
        ReadHops = isWrite ? ReadHops : ReadHops.Plus(hops);
    }

    internal void Converted(bool isWrite, Duration conversion)
    {
        conversion = conversion < Duration.Zero ? Duration.Zero : conversion;   // only where another explored state left its instant behind
        _conversions.Record(conversion);
        _conversion.Record(conversion);
        Writes += isWrite ? 1 : 0;
        Reads += isWrite ? 0 : 1;
    }
}
