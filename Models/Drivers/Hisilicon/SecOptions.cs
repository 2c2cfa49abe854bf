using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>A unit of hip07's security engine (sec, the one before sec2): a hardware queue for each transformation, and in front of it a queue in software for modes that chain.</summary>
[Model("hisilicon-sec")]
[KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_crypto, sec_skcipher_alg_callback", Version = "v4.19", Mail = "004_6baa3db2e19eea6a", Rules = "AA-24 AA-25 AA-26 AA-27 AA-28 AA-29 AA-30")]
public sealed record SecOptions : AcceleratorOptions
{
    private const int EntriesOfSgl = 64;

    /// <summary>Hardware queues, each of one transformation; a transformation that finds none left is answered ENODEV.</summary>
    [Range(1, 4096)]
    [DefaultFrom("SEC_Q_NUM 16 of hip07 (AA-24)")]
    public int Queues { get; init; } = 16;

    /// <summary>Elements that fit into the ring of one queue.</summary>
    [Range(1, 65536)]
    [DefaultFrom("SEC_QUEUE_LEN 512 of hip07 (AA-24)")]
    public int QueueLen { get; init; } = 512;

    /// <summary>Elements that fit into the softqueue of a transformation whose mode chains; the others have none.</summary>
    [Range(1, 65536)]
    [DefaultFrom("the kfifo of 512 of hip07's driver (AA-24)")]
    public int Softqueue { get; init; } = 512;

    /// <summary>Data of one element: a longer request is split.</summary>
    [DefaultFrom("SEC_REQ_LIMIT, 32 MiB (AA-25)")]
    public DataSize MaxElement { get; init; } = DataSize.FromMebibytes(32);

    /// <summary>CPU time of building and mapping a request, besides what follows; before the queue's lock is taken.</summary>
    [DefaultFrom("assumed: 0; the mail gives a share of the whole, see Scenarios/Library/af-alg-iv-chaining.yaml")]
    public Duration BuildMap { get; init; } = Duration.Zero;

    /// <summary>CPU time of mapping a page of 4 KiB.</summary>
    [DefaultFrom("assumed: 0, as build_map")]
    public Duration BuildMapPerPage { get; init; } = Duration.Zero;

    /// <summary>CPU time of building a hardware scatterlist of 64 entries.</summary>
    [DefaultFrom("assumed: 0, as build_map")]
    public Duration BuildMapPerSgl { get; init; } = Duration.Zero;

    /// <summary>What becomes of an element with an IV that no other in flight has.</summary>
    [DefaultFrom("what the driver does (AA-29)")]
    public NewIv NewIv { get; init; } = NewIv.Waits;

    /// <summary>When the queues are taken to be full.</summary>
    [DefaultFrom("what the driver does (AA-26)")]
    public SoftqueueRoom SoftqueueRoom { get; init; } = SoftqueueRoom.AvailAboveSteps;

    /// <summary>The next IV of a counter mode.</summary>
    [DefaultFrom("what the driver does (AA-28)")]
    public CtrIv CtrIv { get; init; } = CtrIv.PlusOne;

    /// <summary>The next IV when CBC decrypts.</summary>
    [DefaultFrom("what the driver does (AA-29)")]
    public CbcDecryptIv CbcDecryptIv { get; init; } = CbcDecryptIv.LastOutputBlock;

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new SecDriver(parts, this);
    }

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> FindProblems(string name, int cpus)
    {
        foreach (OptionProblem problem in base.FindProblems(name, cpus))
        {
            yield return problem;
        }

        if (MaxElement.Bytes < 16 || MaxElement.Bytes % 16 != 0)
        {
            yield return new OptionProblem(name + ".max_element", $"is {MaxElement}; an element is one or more blocks of 16 bytes");
        }
    }

    /// <summary>Elements of a request.</summary>
    internal int ElementsOf(DataSize length) => (int)Math.Max(1, Parts(length.Bytes, MaxElement.Bytes));

    /// <summary>CPU time of building and mapping a request: pages, and scatterlists of each element.</summary>
    internal Duration BuildTime(DataSize length)
    {
        long whole = length.Bytes / MaxElement.Bytes;
        long sgls = (whole * SglsOf(MaxElement.Bytes)) + SglsOf(length.Bytes % MaxElement.Bytes);
        return BuildMap + new Duration((BuildMapPerPage.Picoseconds * Pages(length.Bytes)) + (BuildMapPerSgl.Picoseconds * sgls));
    }

    private static long Pages(long bytes) => Parts(bytes, 4096);

    private static long SglsOf(long bytes) => Parts(Pages(bytes), EntriesOfSgl);

    private static long Parts(long whole, long part) => (whole + part - 1) / part;
}
