using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests;

public sealed class AllocationTests
{
    /// <summary>
    /// [B] for each request. What is left is the list of checkpoints that grows once in a while. A Debug build makes every
    /// state machine an object of its own, a few for each bio of eight requests.
    /// </summary>
#if DEBUG
    private const double Most = 50;
    private const double KeyslotMost = 1500;
#else
    private const double Most = 0.2;
    private const double KeyslotMost = 0.2;
#endif

    [Theory]
    [InlineData(Submit.WaitOnBusy, Front.None, Template.None, Rw.Randwrite)]
    [InlineData(Submit.WaitEveryRequest, Front.None, Template.None, Rw.Randwrite)]
    [InlineData(Submit.WaitOnBusy, Front.Engine, Template.None, Rw.Randwrite)]
    [InlineData(Submit.WaitOnBusy, Front.EngineRetry, Template.None, Rw.Randwrite)]
    [InlineData(Submit.WaitOnBusy, Front.None, Template.Forwarding, Rw.Randwrite)]
    [InlineData(Submit.WaitOnBusy, Front.None, Template.None, Rw.Randread)]
    public void In_steady_state_a_request_costs_no_allocation(Submit submit, Front front, Template template, Rw rw)
    {
        Scene scene = new();
        scene = scene with
        {
            TimeLimit = Duration.FromSeconds(10_000),
            Ring = scene.Ring with { Depth = 64, WhenFull = null, Front = front, Interrupt = new InterruptOptions(), EngineWakeup = Scene.Us },
            Target = scene.Target with { Submit = submit, Template = template, Wakeup = Scene.Us * 5 },
        };
        using Machine machine = (scene with { BiosKept = 0 }).With("fio", Scene.Write("4KiB", number: 1_000_000, iodepth: 16, numjobs: 2) with { Rw = rw }).Build();
        machine.Run(maxEvents: 400_000);
        long requests = machine.Ciphers[0].Submitted;
        long before = GC.GetAllocatedBytesForCurrentThread();
        machine.Run(maxEvents: 200_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        requests = machine.Ciphers[0].Submitted - requests;

        Assert.True(requests > 10_000, $"{requests} requests");
        Assert.InRange((double)allocated / requests, 0, Most);
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit, SubmitsIn.Process)]
    [InlineData(NoKeyslot.SleepAtRequest, SubmitsIn.Process)]
    [InlineData(NoKeyslot.Requeue, SubmitsIn.Process)]
    [InlineData(NoKeyslot.Park, SubmitsIn.Process)]
    [InlineData(NoKeyslot.SleepAtRequest, SubmitsIn.IoWq)]
    public void In_steady_state_a_request_whose_key_is_in_a_slot_costs_no_allocation(NoKeyslot design, SubmitsIn context)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions
            {
                Devices = [new("ufs0", new InlineCryptoOptions { NoKeyslot = design, Latency = new UniformDuration(Scene.Us * 80, Scene.Us * 120) })],
            },
            Workload = [new("fio", new JobOptions { Device = "ufs0", Rw = Rw.Randread, Iodepth = 32, NumberIos = int.MaxValue, SubmitsIn = context, Keys = new KeysOptions { Count = 32, Zipf = 1.0m } })],
        };
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(10_000), BiosKept = 0 });
        machine.Run(maxEvents: 1_500_000);
        long requests = machine.Devices[0].Finished;
        long before = GC.GetAllocatedBytesForCurrentThread();
        machine.Run(maxEvents: 200_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        requests = machine.Devices[0].Finished - requests;

        Assert.True(requests > 10_000, $"{requests} requests");
        Assert.InRange((double)allocated / requests, 0, KeyslotMost);
    }
}
