using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>The error handler of a host, which resets it now and then: the hardware loses its keys, and all are programmed again.</summary>
/// <remarks>
/// <code>
///   SHOST_RECOVERY: no further command ──► those in the device have ended ──► blk_crypto_reprogram_all_keys ──► runs all hardware queues
/// </code>
/// A host that is suspended is left alone: it has no command that could fail. Time passes in the commands and in programming.
/// Not modelled: why it is reset, the time of the reset beside the keys, and that commands in flight are aborted and tried
/// again: they end first.
/// </remarks>
[KernelSource("drivers/scsi/scsi_error.c", "scsi_error_handler, scsi_eh_host_reset, scsi_restart_operations", Version = "v6.18", Rules = "KS-22")]
internal sealed class HostReset : IWaitCondition
{
    private readonly LinuxKernel _kernel;
    private readonly InlineCryptoHost _host;
    private readonly RuntimePm? _pm;
    private readonly Duration _every;
    private readonly WaitQueue _quiet;   // of the error handler, until no command is in the device
    private int _left;                   // resets to come; below 0: without end
    [NotState]
    private long _resets;                // for people

    public HostReset(LinuxKernel kernel, InlineCryptoHost host, HostResetOptions options, RuntimePm? pm, Duration wakeup)
    {
        (_kernel, _host, _pm, _every, _left) = (kernel, host, pm, options.Every, options.Times ?? -1);
        _quiet = new WaitQueue(kernel, host.Name + ".eh_wait", "scsi_error_handler", this, wakeup) { Owner = host };
        kernel.Simulation.Spawn("scsi_eh_" + host.Name, RunAsync(), daemon: true);
    }

    /// <summary>SHOST_RECOVERY: commands are put back.</summary>
    public bool IsRecovering { get; private set; }

    string? IWaitCondition.WorkLeft => IsRecovering && _host.CommandsInUse == 0 ? $"no command is in {_host.Name}" : null;

    /// <summary>A command has left the device: scsi_eh_wakeup. Context: any.</summary>
    public void OnCommandEnd()
    {
        if (IsRecovering && _host.CommandsInUse == 0)
        {
            _quiet.Wake();
        }
    }

    public void Restart() => _resets = 0;

    public void AddMetrics(MetricList metrics) => metrics.Add(_host.Name + ".resets", _resets);

    private async Process RunAsync()
    {
        _kernel.Enter(CpuContext.Process);
        while (_left != 0)
        {
            await _kernel.Simulation.Delay(_every);
            _left -= _left > 0 ? 1 : 0;
            if (_pm?.TryHold() != false)
            {
                await ResetAsync();
                _pm?.Release();
            }
        }
    }

    private async Operation ResetAsync()
    {
        IsRecovering = true;
        while (_host.CommandsInUse > 0)
        {
            await _quiet.SleepAsync();
        }

        _resets++;
        _kernel.Tracer?.Emit(TraceKind.Step, "ufshcd_host_reset_and_restore", _host.Name);
        await _host.Profile.ReprogramAllAsync();
        IsRecovering = false;
        _host.Queue.RunAll();
    }
}
