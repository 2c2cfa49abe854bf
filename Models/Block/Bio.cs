using CryptoSim.Models.BlkMq;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary><c>struct bio</c>: a contiguous piece of I/O on its way down, and who hears that it ended.</summary>
[KernelSource("include/linux/blk_types.h", "struct bio", Version = "v4.1")]
public sealed class Bio : IHolder
{
    private readonly IBioOwner _owner;

    [NotState]
    private long _number;   // 1-based number in order of submission, for people; 0 before the first
    [NotState]
    private StageClock _stages;   // where its time goes, for people

    /// <summary>A bio of an owner that reuses it after its end.</summary>
    /// <param name="owner">Who hears that it ended.</param>
    public Bio(IBioOwner owner) => _owner = owner;

    /// <summary>[512-byte sectors] First sector.</summary>
    public long Sector { get; private set; }

    /// <summary>bi_size.</summary>
    public DataSize Size { get; private set; }

    /// <summary>True for a write, false for a read.</summary>
    public bool IsWrite { get; private set; }

    /// <summary>CPU of the submitter, 0-based.</summary>
    public int Cpu { get; private set; }

    /// <summary>The user writes to the buffer of this read while it is in flight (O_DIRECT allows it).</summary>
    public bool IsModifiedWhileRead { get; set; }

    /// <summary>When it was submitted.</summary>
    [field: NotState]
    public VirtualTime SubmittedAt { get; private set; }

    /// <summary>bi_crypt_context: how the device encrypts it; none unless its submitter says so.</summary>
    public BioCryptContext? Crypt { get; set; }

    /// <summary>current->plug of the task that submits it; null if that collects nothing.</summary>
    public Plug? Plug { get; set; }

    /// <summary>Who hears of its end before its owner does, who is told then: bi_end_io while somebody below has put another function there; null else.</summary>
    internal IBioOwner? EndsAt { get; set; }

    /// <summary>The CPU has encrypted what it writes, or decrypts what it reads, in place of the device; for the meters.</summary>
    [field: NotState]
    internal bool IsCryptedByCpu { get; set; }

    /// <summary>Its own reference to a keyslot, where bios have one: before 5.8.</summary>
    internal BioKeyslot? Keyslot { get; set; }

    /// <summary>bi_next: the next bio of the request.</summary>
    internal Bio? Next { get; set; }

    /// <summary>The request that it begins; null on a device without requests, and for a bio that was merged into one.</summary>
    internal Request? Request { get; set; }

    /// <summary>Pieces of it that a stacked device still works on.</summary>
    public int Remaining { get; set; }

    /// <summary>bi_error: the first error of any piece.</summary>
    public Errno Error { get; set; }

    /// <summary>The device or target that has it; null if nobody has. For diagnosis: nothing is decided by it.</summary>
    [field: NotState]
    public IHolder? HeldBy { get; set; }

    /// <inheritdoc/>
    public string Label => _number == 0 ? "bio" : "bio#" + _number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>Where its time goes; nothing is decided by it.</summary>
    public ref StageClock Stages => ref _stages;

    /// <summary>Starts a new life of the bio.</summary>
    public void Begin(long sector, DataSize size, bool isWrite, int cpu, VirtualTime now)
    {
        (Sector, Size, IsWrite, Cpu, SubmittedAt) = (sector, size, isWrite, cpu, now);
        (Remaining, IsModifiedWhileRead, Crypt, Plug) = (0, false, null, null);
        (EndsAt, IsCryptedByCpu) = (null, false);
        Error = Errno.Success;
        Found?.Clear();
    }

    /// <summary>1-based number in order of submission, for people; a clone has its original's.</summary>
    public long Number => _number;

    /// <summary>Name of the function that hears of its end, e.g. <c>crypt_endio</c>.</summary>
    public string EndIo => (EndsAt ?? _owner).EndIo;

    /// <summary>Gives the bio its number, for people.</summary>
    public void SetNumber(long number) => _number = number;

    /// <summary>What a write brings; of use only where a job verifies.</summary>
    public SectorRun Content { get; private set; }

    /// <summary>What a read found, in order of sectors; null where no job verifies.</summary>
    public List<SectorRun>? Found { get; private set; }

    /// <summary>The write brings a version of its sectors, in plaintext.</summary>
    public void Carry(long version) => Content = new SectorRun(Sector, Sector + (Size.Bytes / 512), version, Sector, -1);

    /// <summary>The clone of a write brings part of its data, encrypted under the IV of the sector where it belongs.</summary>
    /// <param name="original">The write that it is a part of.</param>
    /// <param name="iv">[512-byte sectors] Where its first sector belongs.</param>
    public void CarryEncrypted(Bio original, long iv) =>
        Content = original.Content.Cut(iv, iv + (Size.Bytes / 512)) with { First = Sector, End = Sector + (Size.Bytes / 512), Iv = iv };

    /// <summary>The ciphertext of a write brings part of its data, encrypted under a key.</summary>
    /// <param name="original">The write that it is a part of.</param>
    /// <param name="iv">Under what its first sector is encrypted.</param>
    internal void CarryEncrypted(Bio original, SectorIv iv) =>
        Content = original.Content.Cut(Sector, Sector + (Size.Bytes / 512)) with { Iv = iv.Sector, Key = iv.Key };

    /// <summary>What the read has found is decrypted: it is plaintext if it was encrypted under the same, and no data of anybody's else.</summary>
    /// <param name="iv">Under what its first sector is decrypted.</param>
    internal void Decrypt(SectorIv iv)
    {
        for (int i = 0; i < Found?.Count; i++)
        {
            SectorRun run = Found[i];
            long here = iv.Sector + run.First - Sector;
            bool fits = run.Iv == here && run.Key == iv.Key;
            Found[i] = fits ? run with { Iv = -1, Key = 0 } : run.Iv < 0 ? run with { Iv = here, Key = iv.Key } : run;
        }
    }

    /// <summary>The read has found a run.</summary>
    public void Find(SectorRun run) => (Found ??= []).Add(run);

    /// <summary>The device takes what a write brings, or answers what stands where a read looks.</summary>
    /// <param name="contents">Of the device.</param>
    /// <param name="iv">Under what the device encrypts the first sector; the default if it does not.</param>
    internal void Transfer(DiskContents contents, SectorIv iv)
    {
        if (IsWrite)
        {
            SectorRun run = Content with { First = Sector, End = Sector + (Size.Bytes / 512) };
            contents.Write(iv.Key == 0 ? run : run with { Iv = iv.Sector, Key = iv.Key });
            return;
        }

        contents.Read(Sector, Sector + (Size.Bytes / 512), Found ??= []);
        if (iv.Key != 0)
        {
            Decrypt(iv);
        }
    }

    /// <summary>Ends the bio, as <c>bio_endio</c>. Context: any.</summary>
    public void End(Errno error)
    {
        Error = Error == Errno.Success ? error : Error;
        HeldBy = null;
        (EndsAt ?? _owner).OnBioEnd(this);
    }

    /// <inheritdoc/>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (HeldBy is not null)
        {
            owners.Add(HeldBy);
        }
    }
}

/// <summary>Who hears that a bio ended: <c>bi_end_io</c>.</summary>
public interface IBioOwner
{
    /// <summary>Name of the kernel function that this is, e.g. <c>crypt_endio</c>.</summary>
    string EndIo { get; }

    /// <summary>The bio ended; its error says how. Context: as the caller of <see cref="Bio.End"/>.</summary>
    void OnBioEnd(Bio bio);
}

/// <summary>Anything a bio can be submitted to.</summary>
public interface IBlockDevice
{
    /// <summary>Name, e.g. <c>dm-0</c>, <c>sda</c>.</summary>
    string Name { get; }

    /// <summary>Submits a bio, as <c>submit_bio</c>; may sleep for a tag. Context: process.</summary>
    Operation SubmitAsync(Bio bio);
}
