using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary><c>struct dm_crypt_request</c>: one sector's crypto request and the way back to its convert context (DM-D3).</summary>
[KernelSource("drivers/md/dm-crypt.c", "struct dm_crypt_request, kcryptd_async_done", Version = "v4.1", Rules = "DM-D3")]
internal sealed class ConvertRequest : CryptoRequest
{
    private readonly ConvertContext _context;

    private readonly bool _hasCallback;

    /// <summary>A request of a context, without data.</summary>
    public ConvertRequest(ConvertContext context, DmCryptTarget target)
        : base(mayBacklog: target.Options.InlineRequest == InlineRequest.MayBacklog || !target.Options.ConvertsInline)
    {
        DmCryptOptions options = target.Options;
        (Tfm, MaySleep) = (target.Tfm, target.Settings.RequestSleep == RequestSleep.MaySleep);
        (_context, _hasCallback) = (context, options.InlineRequest != InlineRequest.NoCallback || !options.ConvertsInline);
        Length = options.Unit;
    }

    /// <summary>The data it works on.</summary>
    public ConvertData Data { get; private set; } = null!;

    /// <summary>Which unit of the data.</summary>
    public int Unit { get; private set; }

    /// <inheritdoc/>
    public override string CallbackName => _hasCallback ? "kcryptd_async_done" : "NULL";

    /// <summary>Which of the io's integrity tags it reads or writes; anything but its unit's own is DM-B18.</summary>
    public int Tag { get; private set; }

    /// <summary>It came from req_pool; else it is the io's own.</summary>
    public bool IsPooled { get; set; }

    /// <summary>[512-byte sectors] Where its data belong.</summary>
    public long Sector { get; private set; }

    /// <summary>Points it at a unit.</summary>
    /// <param name="data">What is encrypted or decrypted.</param>
    /// <param name="unit">Which unit of it.</param>
    /// <param name="tag">Place of its integrity tag.</param>
    /// <param name="sector">[512-byte sectors] Where it belongs.</param>
    /// <param name="options">With iv_large_sectors the plain64 IV is the number of the sector_size sector, else that of the sector (DM-D5).</param>
    public void Aim(ConvertData data, int unit, int tag, long sector, DmCryptOptions options)
    {
        (Data, Unit, Tag, Sector) = (data, unit, tag, sector);
        Iv = options.IvLargeSectors ? sector / (options.SectorSize.Bytes / 512) : sector;
    }

    /// <inheritdoc/>
    protected override void OnComplete(Errno status)
    {
        if (_hasCallback)
        {
            _context.OnAsyncDone(this, status);
        }
        else
        {
            Simulation.Current.Fail("DM-B16", $"BUG: kernel NULL pointer dereference: {Label} was submitted without a callback, and its driver finished it asynchronously");
        }
    }
}
