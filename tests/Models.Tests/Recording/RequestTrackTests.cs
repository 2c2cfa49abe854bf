using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Models.Tests.Recording;

/// <summary>Two IOCBs on one socket: 2us on the socket, 10us to build and map, 20us in an engine, 4us until the tasklet, 6us in it, 5us to wake up.</summary>
public sealed class RequestTrackTests
{
    private static readonly Duration Us = Scene.Us;

    private static CbcEngineOptions Engine => new()
    {
        BuildMap = Us * 10,
        Setup = Scene.Service(Us * 20),
        Bandwidth = new Bandwidth(1L << 60),
        Interrupt = new InterruptOptions { Latency = Us * 3, Hardirq = Us, Tasklet = Us * 6 },
    };

    private static AfAlgOptions User(Serialize serialize) => new() { Engine = "eng0", Serialize = serialize, Iodepth = 2, NumberIos = 2, SocketWork = Us * 2, Wakeup = Us * 5 };

    [Fact]
    public void The_mutex_of_AF_ALG_keeps_a_request_from_building_until_the_one_before_it_has_updated_the_IV()
    {
        RequestSample[] requests = Run(User(Serialize.Mutex), Engine);

        Assert.Equal("Socket 0, BuildMap 2, Process 12, Interrupt 32, Respond 36, end 42", Line(requests[0]));
        Assert.Equal("Socket 12, Mutex 14, BuildMap 47, Process 57, Interrupt 77, Respond 81, end 87", Line(requests[1]));
        Assert.Equal("IV of 0 at 12, left 42; IV of 1 at 57, left 87", Ivs(requests));
    }

    [Fact]
    public void The_queue_of_a_driver_lets_it_build_before_and_wait_afterwards()
    {
        RequestSample[] requests = Run(User(Serialize.None), Engine with { Dependency = Dependency.SoftwareQueue });

        Assert.Equal("Socket 0, BuildMap 2, Process 12, Interrupt 32, Respond 36, end 42", Line(requests[0]));
        Assert.Equal("Socket 12, BuildMap 14, SoftwareQueue 24, Process 42, Interrupt 62, Respond 66, end 72", Line(requests[1]));
        Assert.Equal("IV of 0 at 12, left 42; IV of 1 at 42, left 72", Ivs(requests));
    }

    [Fact]
    public void So_does_the_softqueue_of_hip07()
    {
        SecOptions sec = new() { BuildMap = Engine.BuildMap, Setup = Engine.Setup, Bandwidth = Engine.Bandwidth, Interrupt = Engine.Interrupt };
        RequestSample[] requests = Run(User(Serialize.None), sec);

        Assert.Equal("Socket 12, BuildMap 14, SoftwareQueue 24, Process 42, Interrupt 62, Respond 66, end 72", Line(requests[1]));
        Assert.Equal("IV of 0 at 12, left 42; IV of 1 at 42, left 72", Ivs(requests));
    }

    [Fact]
    public void Hardware_that_hands_over_the_IV_does_so_at_the_end_of_the_engines_work()
    {
        RequestSample[] requests = Run(User(Serialize.None), Engine with { Dependency = Dependency.Hardware, Latch = Latch.AtEngineStart });

        Assert.Equal("Socket 12, BuildMap 14, Ring 24, Process 32, Interrupt 52, Respond 56, end 62", Line(requests[1]));
        Assert.Equal("IV of 0 at 12, left 32; IV of 1 at 32, left 52", Ivs(requests));
    }

    [Fact]
    public void A_request_that_nobody_keeps_back_has_read_a_stale_IV_and_says_whose()
    {
        RequestSample[] requests = Run(User(Serialize.None), Engine, ends: "corruption");

        Assert.Equal("Socket 12, BuildMap 14, Ring 24, Process 32, Interrupt 52, Respond 56, end 62", Line(requests[1]));
        Assert.Equal("IV of 0 at 12, left 42; stale IV of 0 at 24, left 62", Ivs(requests));
    }

    [Fact]
    public void A_request_that_found_the_ring_full_waits_in_the_backlog()
    {
        RequestSample[] requests = Run(User(Serialize.Snapshot) with { Chained = false }, Engine with { Depth = 1 });

        Assert.Equal("Socket 12, BuildMap 14, Backlog 24, Process 42, Interrupt 62, Respond 66, end 72", Line(requests[1]));
    }

    [Fact]
    public void Each_request_says_which_engine_worked_on_it()
    {
        Assert.Equal([0, 1], Run(User(Serialize.InlineIv), Engine with { Engines = 2 }).Select(request => request.Engine ?? -1));
    }

    [Fact]
    public void All_that_a_synchronous_cipher_does_is_processing()
    {
        RequestSample[] requests = Run(User(Serialize.None), new SoftwareCipherOptions { Setup = Us * 3, Bandwidth = new Bandwidth(2_048_000_000) });

        Assert.Equal("Socket 0, Process 2, end 9", Line(requests[0]));
        Assert.Equal("Socket 9, Process 11, end 18", Line(requests[1]));
    }

    [Fact]
    public void A_request_that_never_ended_is_in_its_last_phase()
    {
        RequestSample request = Run(User(Serialize.Mutex), Engine, ends: "time-limit", timeLimit: Us * 20)[0];

        Assert.Equal("Socket 0, BuildMap 2, Process 12", Line(request));
        Assert.Null(request.WrittenPicoseconds);
    }

    [Fact]
    public void The_first_requests_after_the_warm_up_are_kept_and_no_more()
    {
        AfAlgOptions user = User(Serialize.Mutex) with { NumberIos = 6 };

        Assert.Equal([1, 2, 3], Samples(Build(user, Engine, 3)).Select(request => request.Number));
        Assert.Equal([4, 5], Samples(Build(user, Engine, 2, warmup: Us * 70)).Select(request => request.Number));
        Assert.Empty(Build(user, Engine, 0).Requests);
    }

    [Fact]
    public void Keeping_phases_changes_nothing_in_the_run()
    {
        AfAlgOptions user = User(Serialize.None) with { NumberIos = 50, Iodepth = 8 };

        Assert.Equal(Build(user, Engine, 0).End.Fingerprint, Build(user, Engine, 64).End.Fingerprint);
    }

    private static RequestSample[] Run(AfAlgOptions user, CryptoDeviceOptions device, string ends = "completed", Duration? timeLimit = null)
    {
        MachineResult result = Build(user, device, 64, timeLimit: timeLimit);
        Assert.Equal(ends, result.End.Ends);
        return Samples(result);
    }

    private static RequestSample[] Samples(MachineResult result)
    {
        RequestSeries series = Assert.Single(result.Requests);
        Assert.Equal("aio", series.Name);
        Assert.Equal(TimelinePhases.Count, series.Phases.Distinct().Count());
        Assert.All(series.Requests, request => Assert.Equal("aio/0", request.Owner));
        return [.. series.Requests];
    }

    private static MachineResult Build(AfAlgOptions user, CryptoDeviceOptions device, int keep, Duration? timeLimit = null, Duration warmup = default)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions { Cpus = 2, Devices = [new("eng0", device)] },
            Workload = [new("aio", user)],
        };
        Assert.Empty(MachineValidator.Validate(options));
        MachineRunOptions run = new() { Seed = 1, RequestsKept = keep, Warmup = warmup, TimeLimit = timeLimit ?? Duration.FromSeconds(1) };
        using Machine machine = Machine.Build(options, run);
        Assert.True(machine.Run());
        return machine.Result();
    }

    private static string Line(RequestSample request)
    {
        string phases = string.Join(", ", request.Phases.Select(phase => $"{(TimelinePhase)phase.Phase} {Micro(phase.AtPicoseconds)}"));
        return request.EndedPicoseconds is { } ended ? $"{phases}, end {Micro(ended)}" : phases;
    }

    private static string Ivs(RequestSample[] requests) => string.Join("; ", requests.Select(request =>
        $"{(request.IsStale ? "stale " : "")}IV of {request.IvFrom} at {Micro(request.LatchedPicoseconds)}, left {Micro(request.WrittenPicoseconds)}"));

    private static string Micro(long? picoseconds) => FormattableString.Invariant($"{picoseconds / 1e6}");
}
