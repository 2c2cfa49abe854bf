using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Tests.Theory;

namespace CryptoSim.Models.Tests.Theory;

/// <summary>
/// Where each request has a key of its own and programming is free, keyslots are the servers of a queue whose answers are
/// known. Times in units of the mean time of a command; 95 % intervals of 100 runs each.
/// </summary>
public sealed class KeyslotTheoryTests
{
    private const int WarmupBatches = 1;

    private static readonly Duration Service = Duration.FromMicroseconds(100);

    [Theory]
    [InlineData(NoKeyslot.SleepAtRequest, 1, 0.5)]
    [InlineData(NoKeyslot.SleepAtRequest, 4, 0.7)]
    [InlineData(NoKeyslot.SleepAtSubmit, 4, 0.7)]
    [InlineData(NoKeyslot.Park, 1, 0.5)]
    [InlineData(NoKeyslot.Park, 4, 0.7)]
    public void Poisson_arrivals_wait_as_Erlang_says(NoKeyslot design, int slots, double load)
    {
        double waits = ErlangC(slots, slots * load);
        Coverage coverage = new(slots * load, waits, 1.0 + (waits / (slots * (1.0 - load))));
        for (ulong seed = 1; seed <= 100; seed++)
        {
            Batches batches = new();
            using Machine machine = Open(design, slots, load, seed);
            batches.Observe(machine.Simulation, (InlineCryptoHost)machine.Devices[0], Times(400.0 / (slots * load)));
            machine.Run();
            coverage.Add(batches);
        }

        coverage.AssertIsThatOf95Percent();
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtRequest, 1, 5, 0.25)]
    [InlineData(NoKeyslot.SleepAtRequest, 3, 8, 0.6)]
    [InlineData(NoKeyslot.Park, 3, 8, 0.6)]
    public void Tasks_that_think_between_their_requests_wait_as_machines_for_repairmen(NoKeyslot design, int slots, int tasks, double load)
    {
        (double busy, double inside, _) = Repairmen(slots, tasks, load);
        Coverage coverage = new(busy, Repairmen(slots, tasks - 1, load).Waiting, inside / busy);
        for (ulong seed = 1; seed <= 100; seed++)
        {
            using ClosedScene scene = new(Host(design, slots), tasks, Times(1.0 / load), seed);
            Batches batches = new();
            batches.Observe(scene.Simulation, scene.Host, Times(400.0 / busy));
            scene.Simulation.Run();
            coverage.Add(batches);
        }

        coverage.AssertIsThatOf95Percent();
    }

    /// <summary>In use times the length of the run is the sum of all holds, as parked times the length is the sum of all waits.</summary>
    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit)]
    [InlineData(NoKeyslot.SleepAtRequest)]
    [InlineData(NoKeyslot.Requeue)]
    [InlineData(NoKeyslot.Park)]
    public void Over_a_run_that_begins_and_ends_empty_Little_s_law_is_exact(NoKeyslot design)
    {
        using Machine machine = Open(design, 3, 0.8, seed: 5, ios: 2000);
        machine.Run();
        MachineResult result = machine.Result();
        decimal length = result.End.AtPicoseconds / 1000m;

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(2000 * result.Metric("ufs0.keyslot.held.mean") / length, result.Metric("ufs0.keyslot.in_use.mean"), 4);
        if (design == NoKeyslot.Park)
        {
            decimal waits = decimal.Round(2000 * result.Metric("ufs0.keyslot.waited.share"));
            Assert.Equal(waits * result.Metric("ufs0.keyslot.waited.mean") / length, result.Metric("ufs0.keyslot.parked.mean"), 4);
        }
    }

    private static Duration Times(double commands) => new((long)(commands * Service.Picoseconds));

    private static InlineCryptoOptions Host(NoKeyslot design, int slots) => new()
    {
        Keyslots = slots,
        NoKeyslot = design,
        ProgramKey = Duration.Zero,
        QueueDepth = 1024,
        Latency = new ExponentialDuration(Service),
        Wakeup = Duration.Zero,
    };

    private static Machine Open(NoKeyslot design, int slots, double load, ulong seed, int? ios = null)
    {
        JobOptions job = new()
        {
            Device = "ufs0",
            Rw = Rw.Randread,
            NumberIos = ios ?? int.MaxValue,
            Iodepth = 65536,
            RateIops = (int)(slots * load * 1e12 / Service.Picoseconds),
            RateProcess = RateProcess.Poisson,
            SubmitsIn = SubmitsIn.IoWq,
            Keys = new KeysOptions { PerIo = true },
        };
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions { Costs = new CostOptions { Hop = Duration.Zero }, Devices = [new("ufs0", Host(design, slots))] },
            Workload = [new("io", job)],
        };
        Assert.Empty(MachineValidator.Validate(options));
        return Machine.Build(options, new MachineRunOptions { Seed = seed, TimeLimit = Duration.FromSeconds(1000), BiosKept = 0 });
    }

    private static double ErlangC(int servers, double offered)
    {
        double term = 1.0, sum = 0.0;
        for (int k = 0; k < servers; k++)
        {
            sum += term;
            term *= offered / (k + 1);
        }

        double waiting = term / (1.0 - (offered / servers));
        return waiting / (sum + waiting);
    }

    /// <summary>Of machines that break: repairmen busy, machines broken, and the share of time in which one that breaks would wait.</summary>
    private static (double Busy, double Broken, double Waiting) Repairmen(int repairmen, int machines, double repairsPerLife)
    {
        double weight = 1.0, sum = 1.0, busy = 0.0, broken = 0.0, waiting = 0.0;
        for (int k = 1; k <= machines; k++)
        {
            weight *= (machines - k + 1) * repairsPerLife / Math.Min(k, repairmen);
            sum += weight;
            busy += weight * Math.Min(k, repairmen);
            broken += weight * k;
            waiting += k >= repairmen ? weight : 0.0;
        }

        return (busy / sum, broken / sum, waiting / sum);
    }

    /// <summary>Batch means of one run: slots in use, share of requests that waited, time from submission to end.</summary>
    private sealed class Batches
    {
        public BatchMeans InUse { get; } = new();

        public BatchMeans Waited { get; } = new();

        public BatchMeans Sojourn { get; } = new();

        public void Observe(Simulation simulation, InlineCryptoHost host, Duration batch) =>
            simulation.Spawn("observer", ObserveAsync(simulation, host, batch));

        private async Process ObserveAsync(Simulation simulation, InlineCryptoHost host, Duration batch)
        {
            await simulation.Delay(batch * WarmupBatches);
            while (!InUse.IsComplete)
            {
                host.RestartMeter();
                await simulation.Delay(batch);
                MetricList metrics = new();
                host.AddMetrics(metrics, batch);
                InUse.Add(Value(metrics, "ufs0.keyslot.in_use.mean"));
                Waited.Add(Value(metrics, "ufs0.keyslot.waited.share"));
                Sojourn.Add(Value(metrics, "ufs0.latency.miss.mean") * 1000.0 / Service.Picoseconds);
            }

            simulation.Complete();
        }

        private static double Value(MetricList metrics, string name) => (double)metrics.InOrderOfName().Single(m => m.Name == name).Value;
    }

    /// <summary>How many of 100 intervals cover each value.</summary>
    private sealed class Coverage(double inUse, double waited, double sojourn)
    {
        private int _inUse;
        private int _waited;
        private int _sojourn;

        public void Add(Batches batches)
        {
            _inUse += batches.InUse.Covers(inUse) ? 1 : 0;
            _waited += batches.Waited.Covers(waited) ? 1 : 0;
            _sojourn += batches.Sojourn.Covers(sojourn) ? 1 : 0;
        }

        public void AssertIsThatOf95Percent() =>
            Assert.True(
                _inUse is >= 88 and <= 99 && _waited is >= 88 and <= 99 && _sojourn is >= 88 and <= 99,
                $"of 100 intervals, {_inUse} cover {inUse} slots in use, {_waited} the share {waited} that waits, {_sojourn} the sojourn {sojourn}");
    }
}
