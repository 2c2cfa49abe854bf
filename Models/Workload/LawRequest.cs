using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>One crypto request of a conversion of the law.</summary>
[KernelSource("drivers/md/dm-crypt.c", "struct dm_crypt_request, kcryptd_async_done", Version = "v4.1", Rules = "DM-D3")]
internal sealed class LawRequest(LawConversion context) : CryptoRequest(mayBacklog: true)
{
    private readonly LawConversion _context = context;

    /// <summary>When it was submitted.</summary>
    [field: NotState]
    public VirtualTime SubmittedAt { get; set; }

    /// <inheritdoc/>
    public override string CallbackName => "kcryptd_async_done";

    /// <inheritdoc/>
    protected override void OnComplete(Errno status) => _context.OnAsyncDone(this, status);
}
