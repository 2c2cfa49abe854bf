using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <content>The two works that turn the clocks off and on, one at a time on one workqueue.</content>
internal sealed partial class ClockGating
{
    private sealed class GateDelay(ClockGating clocks) : Simulator.Timer(clocks._kernel.Simulation, clocks.Name + ".gate_work")
    {
        protected override void OnExpired() => clocks._gateWork.Queue(clocks._workqueue);
    }

    /// <summary>gate_work.</summary>
    private sealed class GateWork(ClockGating clocks) : WorkItem
    {
        private bool _isCancelled;   // taken off the workqueue again, where it still stands here

        public bool IsRunning { get; private set; }

        public void Queue(WorkQueue queue)
        {
            _isCancelled = false;
            queue.Queue(this, 0);
        }

        public bool TryCancel()
        {
            bool isQueued = IsPending && !_isCancelled;
            _isCancelled |= isQueued;
            return isQueued;
        }

        [KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_gate_work", Version = "v6.18", Rules = "KS-53")]
        public override async Operation RunAsync()
        {
            if (_isCancelled)
            {
                _isCancelled = false;
                return;
            }

            IsRunning = true;
            await clocks._kernel.Simulation.Delay(clocks._options.Gate);
            IsRunning = false;
            clocks.Meter.OnGated();
            if (clocks._state == ClockState.RequestOff)
            {
                clocks.SetState(ClockState.Off);
            }
        }
    }

    /// <summary>ungate_work.</summary>
    private sealed class UngateWork(ClockGating clocks) : WorkItem
    {
        [KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_ungate_work", Version = "v6.18", Rules = "KS-53 KS-54")]
        public override async Operation RunAsync()
        {
            await clocks._kernel.Simulation.Delay(clocks._options.Ungate);
            clocks.Meter.OnUngated();
            clocks.SetState(ClockState.On);
            if (clocks._hold == ClockHold.Async)
            {
                await clocks._host.UnblockAsync();
            }

            clocks._flush.Wake();
        }
    }
}
