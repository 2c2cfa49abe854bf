using CryptoSim.Models.Caam;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;

namespace CryptoSim.Models.Tests.Workload;

public sealed class TlsTests
{
    private static readonly JobRingOptions Small = new Scene().Ring with { Usable = 1 };

    private static readonly TlsOptions Tls = new() { Engine = "jr0", Iodepth = 4, NumberIos = 12 };

    [Fact]
    public void Records_are_pipelined_and_all_are_sent()
    {
        MachineResult result = Run(new Scene().Ring, Tls);

        Assert.Equal(("completed", 12m), (result.End.Ends, result.Metric("tls.ios")));
        Assert.Equal(4, result.Metric("jr0.ring.max"));
    }

    [Fact]
    public void A_socket_that_waits_for_all_on_EBUSY_sends_all()
    {
        MachineResult result = Run(Small, Tls);

        Assert.Equal(("completed", 12m, 0m), (result.End.Ends, result.Metric("tls.ios"), result.Metric("tls.errors")));
        Assert.True(result.Metric("jr0.ebusy") > 0);
    }

    [Fact]
    public void A_socket_that_takes_EBUSY_for_an_error_is_called_back_for_a_freed_record()
    {
        MachineResult result = Run(Small, Tls with { OnEbusy = OnEbusy.TakeForError });

        Assert.Equal(("fault", "DM-C4"), (result.End.Ends, result.End.Rule));
        Assert.Equal("BUG: KASAN: use-after-free in tls_encrypt_done: tls_rec of req#2 was freed in tls_do_encryption", result.End.Message);
    }

    [Theory]
    [InlineData(OnEbusy.WaitAndUnwind, "fault", "DM-C4")]
    [InlineData(OnEbusy.WaitForAll, "io-error", null)]
    public void A_record_that_failed_is_counted_down_once(OnEbusy onEbusy, string ends, string? rule)
    {
        MachineResult result = Run(Small with { Fails = new FailsOptions { Job = 1, At = FailsAt.Completion } }, Tls with { OnEbusy = onEbusy });

        Assert.Equal((ends, rule), (result.End.Ends, result.End.Rule));
        if (rule is not null)
        {
            Assert.Equal("tls_do_encryption counts encrypt_pending down below 0: the callback of a record that was answered EBUSY had done so already", result.End.Message);
        }
    }

    private static MachineResult Run(JobRingOptions ring, TlsOptions tls) => new Scene { Ring = ring }.With("tls", tls).Run();
}
