using System.Security.Cryptography;
using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>What holds of any IOCBs on any engine, by what AF_ALG does with them: AA-C1 to AA-C7.</summary>
public sealed class ChainProperties
{
    private const string P = "48981da18e4bb9ef7e2e3162d16b1910";
    private static readonly byte[] Key = Convert.FromHexString("8d7dd9b0170ce0b5f2f8e1aa768e01e91da8bfc67fd486d081b28254c99eb423");

    private static readonly Serialize[] Chaining =
        [Serialize.Mutex, Serialize.MutexUnlessDriver, Serialize.OneInFlight, Serialize.SnapshotOneInFlight, Serialize.ForcedSync, Serialize.NoAio];

    private static Gen<Small> Machines(Gen<Serialize> serialize, Gen<Dependency> dependency, int mostBlocks = 5, bool equalBlocks = false) =>
        from mode in serialize
        from queue in dependency
        from iocbs in Gen.Choose(1, 8)
        from blocks in Gen.Choose(1, mostBlocks).ListOf(iocbs)
        from sockets in Gen.Choose(1, 3)
        from iodepth in Gen.Choose(1, 6)
        from engines in Gen.Choose(1, 3)
        from depth in Gen.Elements(1, 2, 512)
        from latch in Gen.Elements(Latch.AtSubmission, Latch.AtEngineStart)
        from build in Gen.Choose(0, 12)
        from seed in Gen.Choose(1, 1000)
        select new Small(
            mode,
            SocketBench.Engine(depth) with
            {
                Engines = engines,
                Setup = new UniformDuration(Scene.Us, Scene.Us * 20),
                Latch = queue == Dependency.Hardware ? Latch.AtEngineStart : latch,
                Dependency = queue,
                BuildMap = Scene.Us * build,
                Interrupt = new InterruptOptions { Latency = Scene.Us, Hardirq = Duration.Zero, Tasklet = Scene.Us },
            },
            [.. blocks],
            sockets,
            iodepth,
            (ulong)seed,
            equalBlocks);

    private static Arbitrary<Small> Any => Machines(Gen.Elements(Enum.GetValues<Serialize>()), Gen.Elements(Enum.GetValues<Dependency>())).ToArbitrary();

    [Fact]
    public void Whoever_serialises_gives_the_output_of_one_call_over_all_the_data() => Properties.Check(
        Machines(Gen.Elements(Chaining), Gen.Constant(Dependency.None)).ToArbitrary(), OutputIsThatOfOneCall);

    [Fact]
    public void A_driver_that_serialises_does_so_too() => Properties.Check(
        Machines(Gen.Elements(Serialize.None, Serialize.MutexUnlessDriver), Gen.Elements(Dependency.SoftwareQueue, Dependency.Hardware)).ToArbitrary(), OutputIsThatOfOneCall);

    [Fact]
    public void A_driver_that_is_told_which_requests_are_chained_does_so_too() => Properties.Check(
        (from machine in Machines(Gen.Constant(Serialize.ChainedFlag), Gen.Elements(Dependency.SoftwareQueue, Dependency.Hardware))
         select machine with { Engine = machine.Engine with { Dependent = Dependent.Flagged } }).ToArbitrary(), OutputIsThatOfOneCall);

    [Fact]
    public void A_driver_that_looks_at_the_IV_pointer_does_so_too_and_keeps_no_two_sockets_apart_from_their_rate() => Properties.Check(
        (from machine in Machines(Gen.Constant(Serialize.None), Gen.Elements(Dependency.SoftwareQueue, Dependency.Hardware))
         select machine with { Engine = machine.Engine with { Dependent = Dependent.SameIvPointer } }).ToArbitrary(), OutputIsThatOfOneCall);

    [Fact]
    public void With_a_snapshot_nobody_writes_back_every_IOCB_starts_from_the_users_IV() => Properties.Check(
        Machines(Gen.Constant(Serialize.Snapshot), Gen.Constant(Dependency.None)).ToArbitrary(),
        (Action<Small>)(machine =>
        {
            using Run run = new(machine);
            run.ForEach((task, iv) => Assert.Equal(run.Plain(0, machine.TotalBytes, iv, part => part), task.Output));
        }));

    [Fact]
    public void With_a_pointer_and_nobody_who_serialises_the_output_is_a_depth_sequence() => Properties.Check(
        Machines(Gen.Elements(Serialize.None, Serialize.ChainedFlag), Gen.Constant(Dependency.None), mostBlocks: 1, equalBlocks: true).ToArbitrary(),
        (Action<Small>)(machine =>
        {
            using Run run = new(machine);
            run.ForEach((task, iv) =>
            {
                int[] depths = Depths(task.Output, iv);
                int most = 0;
                foreach (int depth in depths)
                {
                    Assert.InRange(depth, 1, most + 1);
                    most = Math.Max(most, depth);
                }
            });
        }));

    [Fact]
    public void The_flag_of_a_driver_that_does_not_serialise_is_the_race_again()
    {
        Small machine = new(Serialize.MutexUnlessDriver, SocketBench.Engine() with { SerializesIv = true }, [1, 1, 1, 1], 1, 4, 1, true);
        using Run raced = new(machine);
        raced.ForEach((task, iv) => Assert.Equal([1, 1, 1, 1], Depths(task.Output, iv)));
        using Run told = new(machine with { Engine = SocketBench.Engine() with { SerializesIv = false } });
        told.ForEach((task, iv) => Assert.Equal([1, 2, 3, 4], Depths(task.Output, iv)));
    }

    [Fact]
    public void One_in_flight_has_one_areq_and_refuses_exactly_those_that_overlap() => Properties.Check(
        Machines(Gen.Elements(Serialize.OneInFlight, Serialize.SnapshotOneInFlight), Gen.Constant(Dependency.None)).ToArbitrary(),
        (Action<Small>)(machine =>
        {
            using Run run = new(machine);
            for (int i = 0; i < run.Tasks.Count; i++)
            {
                Assert.Equal(1, run.Bench.Sockets[i].Memory.AreqsMax);
                Assert.Equal(run.Tasks[i].Overlaps, run.Bench.Sockets[i].Meter.Ebusy);
            }
        }));

    [Fact]
    public void In_no_mode_is_an_IOCB_lost_or_answered_twice_and_nothing_is_left() => Properties.Check(
        Any,
        (Action<Small>)(machine =>
        {
            using Run run = new(machine);
            foreach (IvTask task in run.Tasks)
            {
                Assert.Equal(machine.Places, task.Ended.Select(end => (end.Position, end.Length)).Order());
                Assert.All(task.Ended, end => Assert.Equal(Errno.Success, end.Status));
            }

            Assert.All(run.Bench.Sockets, socket => Assert.Equal(
                (0, 0, 0L, 0L, null), (socket.Memory.Areqs, socket.Memory.Held, socket.Memory.Omem, socket.Memory.RcvUsed, socket.FindLeak())));
        }));

    [Fact]
    public void Sockets_never_influence_each_others_data() => Properties.Check(
        Machines(Gen.Elements(Enum.GetValues<Serialize>().Where(mode => mode != Serialize.InlineIv)), Gen.Elements(Enum.GetValues<Dependency>()), mostBlocks: 1, equalBlocks: true).ToArbitrary(),
        (Action<Small>)(machine =>
        {
            using Run run = new(machine);
            run.ForEach((task, iv) => Assert.DoesNotContain(0, Depths(task.Output, iv)));   // 0: from no IV of this socket
        }));

    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_the_same_order() => Properties.Check(
        Any,
        (Action<Small>)(machine =>
        {
            using Run first = new(machine);
            using Run second = new(machine);
            Assert.Equal(first.Bench.Simulation.Fingerprint, second.Bench.Simulation.Fingerprint);
            for (int i = 0; i < first.Tasks.Count; i++)
            {
                Assert.Equal(first.Tasks[i].Ended, second.Tasks[i].Ended);
                Assert.Equal(first.Tasks[i].Output, second.Tasks[i].Output);
            }
        }), tests: 60);

    private static void OutputIsThatOfOneCall(Small machine)
    {
        using Run run = new(machine);
        run.ForEach((task, iv) => Assert.Equal(run.Plain(0, machine.TotalBytes, iv, _ => machine.TotalBytes), task.Output));
    }

    /// <summary>Of each block, how often the user's block was encrypted to come to it; 0 for one of another chain.</summary>
    private static int[] Depths(byte[] output, IvValue iv)
    {
        byte[] plain = Convert.FromHexString(string.Concat(Enumerable.Repeat(P, output.Length / 16)));
        byte[] chain = Encrypt(plain, iv);
        return [.. output.Chunk(16).Select(block => chain.Chunk(16).ToList().FindIndex(one => one.SequenceEqual(block)) + 1)];
    }

    private static byte[] Encrypt(byte[] plain, IvValue iv)
    {
        using Aes aes = Aes.Create();
        aes.Key = Key;
        byte[] bytes = new byte[16];
        iv.Write(bytes);
        return aes.EncryptCbc(plain, bytes, PaddingMode.None);
    }

    /// <summary>A machine with its users' IOCBs, run to the end.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Small _machine;

        public Run(Small machine)
        {
            _machine = machine;
            AfAlgOptions options = new() { Engine = "eng0", Serialize = machine.Serialize, Content = Content.Real, Data = machine.EqualBlocks ? P : null, Wakeup = Scene.Us, SocketWork = Scene.Us };
            Bench = new SocketBench(options, machine.Engine, sockets: machine.Sockets, seed: machine.Seed);
            Tasks = [.. Bench.Sockets.Select((socket, number) => new IvTask(Bench.Kernel, socket, IvOf(number), machine.Blocks, machine.Iodepth))];
            Simulator.Outcome outcome = Bench.Run();
            Assert.Equal((End.Completed, null), (outcome.End, outcome.Message));
        }

        public SocketBench Bench { get; }

        public IReadOnlyList<IvTask> Tasks { get; }

        public void ForEach(Action<IvTask, IvValue> check)
        {
            for (int i = 0; i < Tasks.Count; i++)
            {
                check(Tasks[i], IvOf(i));
            }
        }

        /// <summary>What runs of plaintext are encrypted to, each from the same IV.</summary>
        public byte[] Plain(int from, int bytes, IvValue iv, Func<int, int> runLength)
        {
            byte[] plain = new byte[bytes];
            Payload payload = _machine.EqualBlocks ? new Payload(Convert.FromHexString(P)) : new Payload();
            payload.Read(from, plain);
            List<byte> result = [];
            foreach (int blocks in _machine.Blocks)
            {
                int length = runLength(blocks * 16);
                result.AddRange(Encrypt(plain[result.Count..(result.Count + length)], iv));
                if (result.Count == bytes)
                {
                    break;
                }
            }

            return [.. result];
        }

        public void Dispose() => Bench.Dispose();

        private static IvValue IvOf(int socket) => IvValue.Parse("7fbc02ebf5b93322329df9bfccb635af").Plus(socket);
    }

    private sealed record Small(Serialize Serialize, CbcEngineOptions Engine, int[] Blocks, int Sockets, int Iodepth, ulong Seed, bool EqualBlocks)
    {
        public int TotalBytes => Blocks.Sum() * 16;

        public IEnumerable<(long, long)> Places => Blocks.Select((blocks, i) => (Blocks.Take(i).Sum() * 16L, blocks * 16L));

        public override string ToString() =>
            $"{Serialize} {Engine.Dependency} {Engine.Latch} by {Engine.Dependent}, {Engine.Engines} engines, ring {Engine.Depth}, build {Engine.BuildMap}, {Sockets} sockets, iodepth {Iodepth}, blocks {string.Join(' ', Blocks)}, seed {Seed}";
    }
}
