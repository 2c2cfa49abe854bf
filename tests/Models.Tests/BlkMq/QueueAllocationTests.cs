using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.BlkMq;

public sealed class QueueAllocationTests
{
    /// <summary>[B] for each bio. A Debug build makes every state machine an object of its own.</summary>
#if DEBUG
    private const double Most = 1000;
#else
    private const double Most = 0.2;
#endif

    [Theory]
    [InlineData(ElevatorKind.None, false, NoKeyslot.SleepAtRequest)]
    [InlineData(ElevatorKind.None, true, NoKeyslot.SleepAtRequest)]
    [InlineData(ElevatorKind.None, true, NoKeyslot.SleepAtSubmit)]
    [InlineData(ElevatorKind.None, false, NoKeyslot.Park)]
    [InlineData(ElevatorKind.MqDeadline, false, NoKeyslot.SleepAtRequest)]
    [InlineData(ElevatorKind.MqDeadline, true, NoKeyslot.Requeue)]
    [InlineData(ElevatorKind.None, false, NoKeyslot.SleepAtRequest, KeyslotRelease.AtRequestFree)]
    [InlineData(ElevatorKind.None, true, NoKeyslot.Park, KeyslotRelease.AtRequestFree)]
    public void In_steady_state_a_bio_whose_key_is_in_a_slot_costs_no_allocation(
        ElevatorKind elevator, bool plugged, NoKeyslot design, KeyslotRelease release = KeyslotRelease.BeforeBioEndio)
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 4);
        InlineCryptoOptions options = new() { Latency = new ConstantDuration(Scene.Us * 10), Elevator = elevator, NoKeyslot = design, QueueDepth = 4, KeyslotRelease = release };
        InlineCryptoHost host = new(kernel, "ufs0", options, new RandomSource(1).Stream("ufs0.latency"));
        Submitter submitter = new(kernel, host, plugged);
        simulation.Run(new RunLimits(), 100_000);
        long bios = submitter.Ended;
        long before = GC.GetAllocatedBytesForCurrentThread();
        simulation.Run(new RunLimits(), 100_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        bios = submitter.Ended - bios;

        Assert.True(bios > 5_000, $"{bios} bios");
        Assert.InRange((double)allocated / bios, 0, Most);
    }

    /// <summary>Submits eight bios, of which some are neighbours, and waits for them, for ever.</summary>
    private sealed class Submitter : IBioOwner, IHolder
    {
        private readonly Models.Workload.IoEvents _events;
        private int _inFlight;

        public Submitter(LinuxKernel kernel, InlineCryptoHost host, bool plugged)
        {
            _events = new Models.Workload.IoEvents(kernel, Duration.Zero, 0) { Owner = this };
            kernel.Simulation.Spawn("task", Run(kernel, host, plugged ? new Plug() : null));
        }

        public long Ended { get; private set; }

        public string Label => "task";

        public string? WhyNobody => null;

        public string EndIo => "bio_endio";

        public void OnBioEnd(Bio bio)
        {
            Ended++;
            _inFlight--;
            _events.Signal();
        }

        public void Owners(OwnerList owners)
        {
        }

        private async Process Run(LinuxKernel kernel, InlineCryptoHost host, Plug? plug)
        {
            kernel.Enter(CpuContext.Process);
            DataSize unit = DataSize.FromKibibytes(4);
            BlkCryptoKey key = new("k", 0, unit);
            BioCryptContext[] contexts = [.. Enumerable.Range(0, 8).Select(i => new BioCryptContext(key, new DataUnitNumber((ulong)(i / 2 * 100) + (ulong)(i % 2))))];
            Bio[] bios = [.. contexts.Select(_ => new Bio(this))];
            while (true)
            {
                for (int i = 0; i < bios.Length; i++)
                {
                    bios[i].Begin((long)contexts[i].Dun.Limb0 * 8, unit, isWrite: false, 0, kernel.Simulation.Now);
                    (bios[i].Crypt, bios[i].Plug) = (contexts[i], plug);
                    _inFlight++;
                    await host.SubmitAsync(bios[i]);
                }

                await (plug?.FlushAsync() ?? Operation.Completed);
                while (_inFlight > 0)
                {
                    await _events.WaitAsync();
                }
            }
        }
    }
}
