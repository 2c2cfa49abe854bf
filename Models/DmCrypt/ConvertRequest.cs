using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary><c>struct dm_crypt_request</c>: one sector's crypto request and the way back to its convert context (DM-D3).</summary>
[KernelSource("drivers/md/dm-crypt.c", "struct dm_crypt_request, kcryptd_async_done", Version = "v4.1", Rules = "DM-D3")]
internal sealed class ConvertRequest : CryptoRequest
{
    private readonly ConvertContext _context;

    public ConvertRequest(ConvertContext context, DataSize length)
        : base(mayBacklog: true)
    {
        _context = context;
        Length = length;
    }

    /// <inheritdoc/>
    public override string CallbackName => "kcryptd_async_done";

    /// <inheritdoc/>
    protected override void OnComplete(Errno status) => _context.OnAsyncDone(this, status);
}
