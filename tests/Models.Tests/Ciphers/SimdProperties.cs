using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.Ciphers;

/// <summary>What holds for the SIMD wrapper and cryptd whoever calls when, from tasks and softirqs of two CPUs.</summary>
public sealed class SimdProperties
{
    private static readonly Arbitrary<Load> Loads = FsCheck.Fluent.Arb.From(
        from calls in (from at in Gen.Choose(0, 40_000)
                       from context in Gen.Elements(CpuContext.Process, CpuContext.Softirq, CpuContext.Softirq)
                       from cpu in Gen.Choose(0, 1)
                       from requests in Gen.Choose(1, 4)
                       from bytes in Gen.Choose(100, 4000)
                       select new Caller(at, context, cpu, requests, bytes)).NonEmptyListOf()
        from length in Gen.Choose(1, 4)
        from mayBacklog in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        select new Load([.. calls], length, mayBacklog));

    [Fact]
    public void Since_6_15_nothing_is_queued_and_every_call_answers_0() => Properties.Check(Loads, load =>
    {
        using CipherBench bench = Run(load, KernelVersion.V618);
        Assert.All(Answers(bench), line => Assert.Contains("-> 0@", line, StringComparison.Ordinal));
        Assert.Equal(0, Cryptd(bench).Meter.LengthMax);
    });

    [Fact]
    public void In_6_9_some_call_is_queued_so_that_the_property_above_says_something()
    {
        long queued = 0;
        Properties.Check(Loads, load =>
        {
            using CipherBench bench = Run(load, KernelVersion.V69);
            queued += Cryptd(bench).Meter.Queued;
        });

        Assert.True(queued > 1000, $"{queued}");
    }

    [Fact]
    public void Requests_of_softirqs_of_one_CPU_end_in_the_order_of_their_submission() => Properties.Check(Loads, load =>
    {
        // A softirq of one CPU is interrupted by no other: each submits its requests before the next begins.
        Caller[] calls = [.. load.Calls.Select(call => call with { Cpu = 0 })];
        using CipherBench bench = Run(load with { Calls = calls }, KernelVersion.V69, oneAtATime: true);
        Assert.Equal(bench.SoftirqRequests, bench.SoftirqEnds);
    });

    [Fact]
    public void Every_accepted_request_is_called_back_once_and_a_backlogged_one_is_notified_before() => Properties.Check(Loads, load =>
    {
        using CipherBench bench = Run(load, KernelVersion.V69);
        foreach (TestRequest request in bench.Requests)
        {
            string answer = bench.Log.Single(line => line.StartsWith(request.Name + " -> ", StringComparison.Ordinal)).Split(' ', '@')[2];
            Assert.Equal(
                answer switch
                {
                    "EINPROGRESS" => [Errno.Success],
                    "EBUSY" => [Errno.EINPROGRESS, Errno.Success],
                    _ => Array.Empty<Errno>(),
                },
                request.Callbacks);
        }
    });

    [Fact]
    public void A_run_of_the_work_completes_one_request() => Properties.Check(Loads, load =>
    {
        using CipherBench bench = Run(load, KernelVersion.V69);
        Assert.Equal(Cryptd(bench).Meter.Queued, Cryptd(bench).Meter.Runs);
        Assert.False(Cryptd(bench).IsQueued(0));
    });

    private static Cryptd Cryptd(CipherBench bench) => (Cryptd)bench.Devices[1];

    private static IEnumerable<string> Answers(CipherBench bench) => bench.Log.Where(line => line.Contains("->", StringComparison.Ordinal));

    private static CipherBench Run(Load load, KernelVersion kernel, bool oneAtATime = false)
    {
        CipherBench bench = new(
            2,
            kernel,
            new SoftwareCipherOptions { Bandwidth = new Bandwidth(1_000_000_000), UsesSimd = true },
            new CryptdOptions { Child = "d0", MaxCpuQlen = load.Length, Wakeup = Duration.FromMicroseconds(2) },
            new SimdOptions { Cryptd = "d1" });
        foreach (Caller call in load.Calls)
        {
            if (oneAtATime && call.Context == CpuContext.Softirq)
            {
                bench.RaiseAt(call.At, call.Requests, call.Bytes, call.Cpu, load.MayBacklog);
            }
            else
            {
                bench.Call("caller", call.At, call.Context, call.Requests, call.Bytes, call.Cpu, load.MayBacklog);
            }
        }

        Assert.Equal(End.Completed, bench.Run().End);
        return bench;
    }

    private sealed record Caller(int At, CpuContext Context, int Cpu, int Requests, int Bytes);

    private sealed record Load(Caller[] Calls, int Length, bool MayBacklog);
}
