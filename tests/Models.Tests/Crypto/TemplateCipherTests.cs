using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.Crypto;

public sealed class TemplateCipherTests
{
    private static readonly JobRingOptions Quick = new Scene().Ring;   // 2us a job, no other cost

    [Fact]
    public void EBUSY_goes_up_unchanged_and_so_do_both_callbacks()
    {
        using RingBench bench = new(Quick with { Usable = 1 });
        TemplateCipher template = new(bench.Kernel, bench.Cipher);
        string[] answers = [template.Submit(bench.Request()).Errno.ToString(), template.Submit(bench.Request()).Errno.ToString()];
        bench.Run();

        Assert.Equal(["EINPROGRESS", "EBUSY"], answers);
        Assert.Equal(["r2 EINPROGRESS", "r1 0", "r2 0"], bench.Log);
    }

    [Fact]
    public void The_flag_is_the_callers()
    {
        using RingBench bench = new(Quick with { Usable = 1 });
        TemplateCipher template = new(bench.Kernel, bench.Cipher);
        template.Submit(bench.Request(mayBacklog: false));

        Assert.Equal(SubmitResult.NoSpace, template.Submit(bench.Request(mayBacklog: false)));
    }

    [Fact]
    public void A_rejected_request_is_the_callers_again()
    {
        using RingBench bench = new(Quick with { Usable = 1, WhenFull = WhenFull.Reject });
        TemplateCipher template = new(bench.Kernel, bench.Cipher);
        template.Submit(bench.Request());
        TestRequest rejected = bench.Request();

        Assert.Equal(SubmitResult.NoSpace, template.Submit(rejected));
        Assert.Null(rejected.HeldBy);
        bench.At(10_000, () => template.Submit(rejected));
        bench.Run();

        Assert.Equal([Errno.Success], rejected.Callbacks);
    }

    [Fact]
    public void The_callback_may_submit_the_same_request_again()
    {
        using RingBench bench = new(Quick with { Usable = 1 });
        TemplateCipher template = new(bench.Kernel, bench.Cipher);
        TestRequest request = bench.Request();
        template.Submit(request);
        int left = 3;
        request.OnCallback = _ =>
        {
            if (left-- > 0)
            {
                template.Submit(request);
            }
        };
        bench.Run();

        Assert.Equal([2_000m, 4_000m, 6_000m, 8_000m], request.Times);
    }

    [Theory]
    [InlineData(Template.None)]
    [InlineData(Template.Forwarding)]
    public void Under_a_template_a_dropped_request_is_named_as_without(Template template)
    {
        Scene scene = new();
        MachineResult result = (scene with
        {
            Ring = scene.Ring with { Depth = 4, WhenFull = WhenFull.DropRequest },
            Target = scene.Target with { Template = template },
        }).With("writer", Scene.Write("4KiB")).Run();

        Assert.Equal("req#4 was answered EBUSY by jr0 and is in no queue", result.Blocked("kcryptd/0").Owner);
        Assert.Equal(["kcryptd/0", "ctx->restart", "req#4", "(nobody)"], result.Blocked("kcryptd/0").Chain);
    }
}
