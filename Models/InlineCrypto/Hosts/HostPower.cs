using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>What must be on before a host can be touched: the device, by runtime PM, and its clocks. Either may be missing, and is then always on.</summary>
[KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_hold, ufshcd_runtime_resume", Version = "v6.18", Rules = "KS-53 KS-55")]
internal sealed class HostPower(RuntimePm? pm, ClockGating? clocks)
{
    /// <summary>A host that never sleeps and whose clocks are never gated.</summary>
    public static HostPower AlwaysOn { get; } = new(null, null);

    /// <summary>Null: the device never sleeps.</summary>
    public RuntimePm? Pm { get; } = pm;

    /// <summary>Null: the clocks are never gated.</summary>
    public ClockGating? Clocks { get; } = clocks;

    /// <summary>Resuming or programming would sleep now.</summary>
    public bool MaySleep => Pm?.IsAwake == false || Clocks?.AreOn == false;

    /// <summary>The gate of the queue: with runtime PM, bios enter the queue only while the device is awake.</summary>
    public RequestGate Around(RequestGate gate) => Pm is null ? gate : new PoweredGate(gate, Pm);

    /// <summary>Says whose requests wait for it, and whose keys are lost; while the machine is built.</summary>
    public void Attach(RequestQueue queue, CryptoProfile profile)
    {
        Clocks?.Attach(queue);
        Pm?.Attach(profile, Clocks);
    }

    public void Restart()
    {
        Pm?.Meter.Restart();
        Clocks?.Meter.Restart();
    }

    public void AddMetrics(MetricList metrics)
    {
        Pm?.Meter.AddMetrics(metrics);
        Clocks?.Meter.AddMetrics(metrics);
    }

    /// <summary>For diagnosis: who turns on what is off.</summary>
    public void Owners(OwnerList owners)
    {
        Pm?.Owners(owners);
        Clocks?.Owners(owners);
    }
}
