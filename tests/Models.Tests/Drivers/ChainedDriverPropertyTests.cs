using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>Whatever the sizes of rings, queues, engines and requests: a driver that keeps the order of a chain encrypts as one call does, and answers everything once.</summary>
public sealed class ChainedDriverPropertyTests
{
    /// <summary>Requests of one chain.</summary>
    /// <param name="Blocks">Length of each, in blocks.</param>
    /// <param name="GapsNs">Time before each [ns].</param>
    /// <param name="MayBacklog">They carry MAY_BACKLOG.</param>
    private sealed record Load(int[] Blocks, int[] GapsNs, bool MayBacklog);

    private static readonly Gen<Load> Loads =
        from count in Gen.Choose(1, 12)
        from blocks in Gen.Choose(1, 6).ListOf(count)
        from gaps in Gen.Elements(0, 0, 300, 2000, 7000).ListOf(count)
        from mayBacklog in Gen.Elements(true, false)
        select new Load([.. blocks], [.. gaps], mayBacklog);

    private static readonly Gen<SecOptions> Units =
        from engines in Gen.Choose(1, 3)
        from ring in Gen.Choose(1, 3)
        from softqueue in Gen.Choose(6, 9)
        from element in Gen.Choose(1, 7)
        from latency in Gen.Elements(0, 700, 5000)
        from newIv in Gen.Elements(NewIv.Waits, NewIv.Goes)
        select DriverBench.Timed(new SecOptions { Setup = null!, Bandwidth = default }) with
        {
            Engines = engines,
            QueueLen = ring,
            Softqueue = softqueue,
            MaxElement = new DataSize(16 * element),
            Bandwidth = new Bandwidth(16_000_000),
            Interrupt = new InterruptOptions { Latency = Duration.FromNanoseconds(latency), Hardirq = Duration.Zero, Tasklet = Duration.FromNanoseconds(latency / 7) },
            NewIv = newIv,
            SoftqueueRoom = SoftqueueRoom.OfItsQueue,
        };

    private static readonly Gen<CbcEngineOptions> Engines =
        from engines in Gen.Choose(1, 3)
        from ring in Gen.Choose(1, 4)
        from dependency in Gen.Elements(Dependency.SoftwareQueue, Dependency.Hardware)
        from dependent in Gen.Elements(Dependent.SameTfm, Dependent.SameIvPointer)
        from latency in Gen.Elements(0, 700, 5000)
        select DriverBench.Timed(new CbcEngineOptions { Setup = null!, Bandwidth = default }) with
        {
            Engines = engines,
            Depth = ring,
            Dependency = dependency,
            Dependent = dependent,
            Latch = Latch.AtEngineStart,
            Bandwidth = new Bandwidth(16_000_000),
            Interrupt = new InterruptOptions { Latency = Duration.FromNanoseconds(latency), Hardirq = Duration.Zero, Tasklet = Duration.FromNanoseconds(latency / 7) },
        };

    [Fact]
    public void Behind_the_softqueue_a_stream_in_any_pieces_is_encrypted_as_in_one_call() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Arb.From(from unit in Units from load in Loads select (unit, load)), one => Encrypts(one.unit, one.load)));

    [Fact]
    public void With_a_dependency_the_engine_encrypts_a_stream_in_any_pieces_as_in_one_call() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Arb.From(from engine in Engines from load in Loads select (engine, load)), one => Encrypts(one.engine, one.load)));

    /// <summary>What was not refused is the chain; each of it was called back with 0 once, and those answered EBUSY with EINPROGRESS before.</summary>
    private static void Encrypts(CryptoDeviceOptions driver, Load load)
    {
        using ChainBench bench = new(driver);
        List<string> expected = [];
        long at = 0;
        for (int i = 0; i < load.Blocks.Length; i++)
        {
            int number = i + 1;
            long bytes = load.Blocks[i] * 16L;
            at += load.GapsNs[i];
            bench.At(at, () =>
            {
                string answer = bench.Submit(bytes: bytes, mayBacklog: load.MayBacklog);
                if (answer == "EBUSY" && load.MayBacklog)
                {
                    expected.Add($"r{number} EINPROGRESS");
                }

                if (answer == "EINPROGRESS" || load.MayBacklog)
                {
                    expected.Add($"r{number} 0");
                }
            });
        }

        Assert.Equal(End.Completed, bench.Run().End);
        Assert.Equal(expected.Order(StringComparer.Ordinal), bench.Log.Select(line => line[..line.IndexOf('@', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.Equal(0, bench.Driver.InFlight);
        if (expected.Count(line => line.EndsWith(" 0", StringComparison.Ordinal)) == load.Blocks.Length)
        {
            Assert.Equal(bench.InOneCall(), bench.Result);
        }
        else
        {
            Assert.False(load.MayBacklog);
        }
    }
}
