using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>A clone with the pages of one fragment of a write, as <c>crypt_alloc_buffer</c> returned them up to 3.6.</summary>
/// <remarks>An io may have several below at a time: fragments that were encrypted synchronously share its context one after the other (DM-S7).</remarks>
[KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer, clone_init, crypt_endio", Version = "v2.6.32", Rules = "DM-D20 DM-S1")]
internal sealed class FragmentClone : IBioOwner, IHolder
{
    private DmCryptIo _io = null!;   // clone->bi_private
    [NotState]
    private int _number;             // 1-based number among the fragments of its write, for people

    public FragmentClone()
    {
        Bio = new Bio(this);
        Data = new ConvertData();
    }

    /// <summary>The clone itself.</summary>
    public Bio Bio { get; }

    /// <summary>Its pages: what was encrypted into them, and where that belongs.</summary>
    public ConvertData Data { get; }

    /// <summary>out_of_pages: it is smaller than what was asked for because pages ran out.</summary>
    public bool IsOutOfPages { get; set; }

    /// <summary>It has gone to the device below.</summary>
    public bool IsSubmitted { get; private set; }

    /// <inheritdoc/>
    public string Label => $"clone {_number} of {_io.Label}";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <inheritdoc/>
    public string EndIo => "crypt_endio";

    /// <summary>A new clone of an io, without pages.</summary>
    public void Begin(DmCryptIo io, int number)
    {
        (_io, _number) = (io, number);
        (IsOutOfPages, IsSubmitted) = (false, false);
    }

    /// <summary>It goes below.</summary>
    /// <param name="sector">[512-byte sectors] bi_sector.</param>
    /// <param name="source">The bio that it is part of.</param>
    /// <param name="now">The instant.</param>
    public void BeginBelow(long sector, Bio source, VirtualTime now)
    {
        IsSubmitted = true;
        Bio.SetNumber(source.Number);
        Bio.Begin(sector, Data.Size, isWrite: true, source.Cpu, now);
    }

    /// <inheritdoc/>
    public void OnBioEnd(Bio bio) => _io.OnCloneEnd(this);

    /// <summary>The device that has it, or before that its io.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        owners.Add(IsSubmitted ? Bio : _io);
    }
}
