using CryptoSim.Models.Block;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Workload;

public sealed class VerificationTests
{
    private static readonly NvmeOptions Flash = new()
    {
        Latency = new ConstantDuration(Scene.Us * 10),
        Bandwidth = new Bandwidth(1L << 30),
    };

    [Theory]
    [InlineData(Rw.Write, 512)]
    [InlineData(Rw.Write, 4096)]
    [InlineData(Rw.Randwrite, 4096)]
    public void What_was_written_comes_back(Rw rw, int sectorSize)
    {
        Scene scene = Base with { Target = Base.Target with { SectorSize = new DataSize(sectorSize), MaxWriteSize = new DataSize(8192) } };
        MachineResult result = scene.With("fio", Job(rw)).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.True(result.Metric("null0.ios") > 64, "it read back what it wrote");
    }

    [Fact]
    public void A_sector_that_somebody_else_has_overwritten_is_corruption()
    {
        MachineResult result = Base
            .With("fio", Job(Rw.Write))
            .With("intruder", Job(Rw.Write) with { Device = "null0", Iodepth = 1, RateIops = 20_000 })
            .Run();

        Assert.Equal(("corruption", "DM-K1"), (result.End.Ends, result.End.Rule));
        Assert.Contains("comes back as version", result.End.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_never_reached_the_device_is_corruption()
    {
        Simulation simulation = new();
        Verification verification = new();
        Bio written = new(new Nobody());
        written.Begin(8, new DataSize(4096), isWrite: true, 0, VirtualTime.Zero);
        verification.OnWrite(written);
        Bio read = new(new Nobody());
        read.Begin(8, new DataSize(4096), isWrite: false, 0, VirtualTime.Zero);
        verification.Check(simulation, read);
        simulation.Run(new RunLimits());

        Assert.Equal("DM-K1", simulation.Outcome.Rule);
        Assert.Contains("comes back as never written", simulation.Outcome.Message, StringComparison.Ordinal);
    }

    private static Scene Base => new() { Device = Flash };

    private static JobOptions Job(Rw rw) => Scene.Write("16KiB", number: 64, iodepth: 8) with { Rw = rw, Size = DataSize.FromMebibytes(1), Verify = true };

    private sealed class Nobody : IBioOwner
    {
        public string EndIo => "end_io";

        public void OnBioEnd(Bio bio)
        {
        }
    }
}
