using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.DmCrypt;

public sealed class DeadlockTests
{
    private static Scene Buggy(int depth, Submit submit = Submit.WaitOnBusy)
    {
        Scene scene = new();
        return scene with
        {
            Ring = scene.Ring with { Depth = depth, WhenFull = WhenFull.DropRequest },
            Target = scene.Target with { Submit = submit },
        };
    }

    [Fact]
    public void A_request_dropped_on_a_full_ring_hangs_crypt_convert()
    {
        MachineResult result = (Buggy(depth: 4) with { TraceKept = 1000 }).With("writer", Scene.Write("4KiB")).Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal("DM-C5", result.End.Rule);
        Assert.Equal("ctx->restart", result.Blocked("kcryptd/0").WaitsOn);
        Assert.Equal("nobody", result.Blocked("kcryptd/0").Reason);
        Assert.Contains("was answered EBUSY by jr0 and is in no queue", result.Blocked("kcryptd/0").Owner, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_kept_on_a_full_ring_does_not()
    {
        Scene scene = Buggy(depth: 4);
        MachineResult result = (scene with { Ring = scene.Ring with { WhenFull = WhenFull.Backlog } }).With("writer", Scene.Write("4KiB")).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.True(result.Metric("jr0.ebusy") > 0);
    }
}
