using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>Whatever comes, and whatever the driver answers: every bio ends once, and every request could be one command.</summary>
public sealed class QueueProperties
{
    private const int MaxSectors = 48;

    private static readonly Gen<Piece> Pieces =
        from at in Gen.Choose(0, 40)
        from cpu in Gen.Choose(0, 3)
        from unit in Gen.Choose(0, 24)
        from units in Gen.Choose(1, 3)
        from isWrite in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from key in Gen.Elements("", "", "k", "k", "l")
        from task in Gen.Choose(0, 3)
        select new Piece(at, cpu, unit, units, isWrite, key, task);

    private static readonly Gen<Case> Cases =
        from pieces in Gen.ListOf(Pieces, 24)
        from answers in Gen.ListOf(Gen.Frequency((6, Gen.Constant(DispatchAnswer.Go)), (1, Gen.Constant(DispatchAnswer.Resource)), (1, Gen.Constant(DispatchAnswer.Failed))), 12)
        from elevator in Gen.Elements(ElevatorKind.None, ElevatorKind.MqDeadline)
        from queues in Gen.Choose(1, 2)
        from depth in Gen.Choose(1, 3)
        from nomerges in Gen.Choose(0, 2)
        from budget in Gen.Choose(1, 3)
        from plugged in Gen.Elements(true, false)
        select new Case([.. pieces], [.. answers], elevator, queues, depth, nomerges, budget, plugged);

    [Fact]
    public void Every_bio_ends_exactly_once_and_nothing_is_left() => Properties.Check(Cases.ToArbitrary(), scene =>
    {
        using QueueBench bench = Run(scene, _ => { });

        Assert.Equal(scene.Pieces.Length, bench.Ended.Count);
        Assert.Equal(scene.Pieces.Length, bench.Ended.Select(line => line.Split(' ')[0]).Distinct().Count());
    });

    [Fact]
    public void Every_request_is_one_stretch_of_one_direction_under_one_key_and_small_enough() => Properties.Check(Cases.ToArbitrary(), scene =>
    {
        long bytes = 0;
        using QueueBench bench = Run(scene, request =>
        {
            bytes += request.Size.Bytes;
            Assert.True(request.Size.Bytes / 512 <= MaxSectors || request.First!.Next is null);
            CheckChain(request);
        });
        Assert.True(bytes <= scene.Pieces.Sum(piece => piece.Units * 4096L));
    });

    [Fact]
    public void With_nomerges_every_bio_is_a_request_of_its_own() => Properties.Check(Cases.ToArbitrary(), scene =>
    {
        int bios = 0;
        using QueueBench bench = Run(scene with { Nomerges = 2, Answers = [] }, request =>
        {
            bios++;
            Assert.Null(request.First!.Next);
        });
        Assert.Equal(scene.Pieces.Length, bios);
    });

    private static void CheckChain(Request request)
    {
        long sector = request.Sector;
        DataUnitNumber? dun = request.Crypt?.Dun;
        for (Bio? bio = request.First; bio is not null; bio = bio.Next)
        {
            Assert.Equal((sector, request.IsWrite, request.Crypt?.Key), (bio.Sector, bio.IsWrite, bio.Crypt?.Key));
            Assert.Equal(dun, bio.Crypt?.Dun);
            sector += bio.Size.Bytes / 512;
            dun = dun?.Plus((ulong)bio.Size.Bytes / 4096);
        }

        Assert.Equal(sector, request.EndSector);
    }

    private static QueueBench Run(Case scene, Action<Request> onTaken)
    {
        QueueBench bench = new(QueueBench.Usual with
        {
            HardwareQueues = scene.Queues,
            QueueDepth = scene.Depth,
            Requests = scene.Elevator == ElevatorKind.None ? null : 8,
            Elevator = scene.Elevator,
            Deadline = new DeadlineOptions { FifoBatch = 2, ReadExpire = Scene.Us * 30, WriteExpire = Scene.Us * 60 },
            NoMerges = scene.Nomerges,
            MaxSectors = MaxSectors,
        });
        bench.Driver.Budget = new DispatchBudget(scene.Budget);
        bench.Driver.OnTaken = onTaken;
        foreach (DispatchAnswer answer in scene.Answers)
        {
            bench.Driver.Answers.Enqueue(answer);
        }

        int number = 0;
        foreach (IGrouping<int, Piece> task in scene.Pieces.GroupBy(piece => piece.Task))
        {
            Bio[] bios = [.. task.Select(piece => bench.Bio($"b{number++}", piece.Unit, piece.Units, piece.IsWrite, piece.Cpu, piece.Key.Length == 0 ? null : piece.Key))];
            if (scene.IsPlugged)
            {
                bench.SubmitPlugged(task.First().At, bios);
            }
            else
            {
                bench.Submit(task.First().At, bios);
            }
        }

        bench.RunToEnd();
        return bench;
    }

    private sealed record Piece(int At, int Cpu, int Unit, int Units, bool IsWrite, string Key, int Task);

    private sealed record Case(Piece[] Pieces, DispatchAnswer[] Answers, ElevatorKind Elevator, int Queues, int Depth, int Nomerges, int Budget, bool IsPlugged);
}
