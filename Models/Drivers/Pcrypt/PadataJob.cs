using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary><c>struct padata_priv</c>: a request on its way over a CPU.</summary>
[KernelSource("kernel/padata.c", "struct padata_priv, padata_parallel_worker", Version = "v6.18", Rules = "DM-P13")]
internal sealed class PadataJob(PcryptDriver driver) : WorkItem
{
    private readonly PcryptDriver _driver = driver;

    /// <summary>The request while the job is in use.</summary>
    public CryptoRequest Request { get; set; } = null!;

    /// <summary>Its data are done; it may have to wait for those before it.</summary>
    public bool IsDone { get; set; }

    /// <inheritdoc/>
    public override Operation RunAsync() => _driver.EncryptAsync(this, Cpu);
}

/// <summary>Gives requests back in their order, bottom halves off (<c>padata_serial_worker</c>).</summary>
[KernelSource("kernel/padata.c", "padata_serial_worker", Version = "v6.18", Rules = "DM-P13 DM-C8")]
internal sealed class PadataSerial(PcryptDriver driver) : WorkItem
{
    private readonly PcryptDriver _driver = driver;

    /// <inheritdoc/>
    public override Operation RunAsync()
    {
        _driver.GiveBack();
        return Operation.Completed;
    }
}
