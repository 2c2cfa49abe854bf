using CryptoSim.Models.Block;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>The table of DM-D40: where a read is decrypted that ends in a context of a release.</summary>
public sealed class DecryptionContextTests
{
    public static TheoryData<KernelVersion, BioEnd, string> Table => new()
    {
        { KernelVersion.V59, BioEnd.Softirq, "in place" },
        { KernelVersion.V511, BioEnd.Softirq, "in place" },
        { KernelVersion.V65, BioEnd.Softirq, "in place" },
        { KernelVersion.V69, BioEnd.Softirq, "in place" },
        { KernelVersion.V618, BioEnd.Softirq, "in place" },
        { KernelVersion.V59, BioEnd.Hardirq, "softirq" },
        { KernelVersion.V511, BioEnd.Hardirq, "softirq" },
        { KernelVersion.V65, BioEnd.Hardirq, "softirq" },
        { KernelVersion.V69, BioEnd.Hardirq, "softirq" },
        { KernelVersion.V618, BioEnd.Hardirq, "softirq" },
        { KernelVersion.V59, BioEnd.IrqsOff, "DM-B05" },
        { KernelVersion.V511, BioEnd.IrqsOff, "softirq" },
        { KernelVersion.V65, BioEnd.IrqsOff, "softirq" },
        { KernelVersion.V69, BioEnd.IrqsOff, "softirq" },
        { KernelVersion.V618, BioEnd.IrqsOff, "softirq" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void With_no_read_workqueue_a_read_is_decrypted_where_the_release_says(KernelVersion kernel, BioEnd end, string where)
    {
        MachineResult result = Read(kernel, end, inline: true).Run();

        if (where == "DM-B05")
        {
            Assert.Equal(where, result.End.Rule);
            return;
        }

        TraceEvent ended = result.Trace.First(one => one.Target == "crypt_endio");
        TraceEvent decrypted = Event(result, "kcryptd_crypt_read_convert");
        Assert.Equal("softirq", decrypted.Context);
        Assert.Equal(where == "in place", ended.Process == decrypted.Process);
        Assert.Equal(end == BioEnd.Softirq ? "softirq" : end == BioEnd.Hardirq ? "hardirq" : "irqs-off", ended.Context);
    }

    [Theory]
    [InlineData(BioEnd.Softirq)]
    [InlineData(BioEnd.Hardirq)]
    [InlineData(BioEnd.IrqsOff)]
    public void Without_the_flag_it_is_kcryptd_in_every_release(BioEnd end)
    {
        foreach (KernelVersion kernel in Enum.GetValues<KernelVersion>())
        {
            TraceEvent decrypted = Event(Read(kernel, end, inline: false).Run(), "kcryptd_crypt_read_convert");
            Assert.StartsWith("kcryptd/", decrypted.Process, StringComparison.Ordinal);
            Assert.Equal("process", decrypted.Context);
        }
    }

    [Theory]
    [InlineData(BioEnd.Hardirq)]
    [InlineData(BioEnd.IrqsOff)]
    public void As_in_6_8_an_interrupt_hands_it_to_kcryptd_after_all(BioEnd end)
    {
        TargetScene scene = Read(KernelVersion.V65, end, inline: true);
        MachineResult result = (scene with { Target = scene.Target with { DecryptFromInterrupt = DecryptFromInterrupt.Kcryptd } }).Run();

        Assert.StartsWith("kcryptd/", Event(result, "kcryptd_crypt_read_convert").Process, StringComparison.Ordinal);
    }

    private static TargetScene Read(KernelVersion kernel, BioEnd end, bool inline)
    {
        TargetScene scene = new() { Kernel = kernel, Interrupt = new BlockInterruptOptions { Context = end } };
        return (scene with { Target = scene.Target with { NoReadWorkqueue = inline } }).Doing(Rw.Read, sectors: 2);
    }

    private static TraceEvent Event(MachineResult result, string function) => result.Trace.First(one => one.Function == function);
}
