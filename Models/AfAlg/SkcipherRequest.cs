using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>A request whose IV pointer points to memory that others may write: <c>struct skcipher_request</c> with its src, dst and iv.</summary>
/// <remarks>
/// <code>
///   SetIv(cell) ──► driver: LatchIv ──► Encrypt ──► WriteBackIv ──► callback
///                     reads the cell                 writes the last block there
/// </code>
/// When the driver does either is the driver's; what was written to the cell in between is what goes wrong (AA-15).
/// </remarks>
[KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Version = "v4.14", Rules = "AA-8 AA-14 AA-15 AA-16")]
internal abstract class SkcipherRequest(bool mayBacklog) : CryptoRequest(mayBacklog)
{
    private bool _isLatched;
    private bool _isInParts;     // its driver has split it
    private bool _isWritten;     // the IV it leaves has been written back
    private IvValue _iv;         // that it encrypts from, once latched
    private IvValue _next;       // that it leaves, once encrypted

    /// <summary>The tfm with its key and data.</summary>
    internal Skcipher Cipher { get; private protected set; } = null!;

    /// <summary>req->iv: where its IV is read and the next one written.</summary>
    internal IvCell Cell { get; private set; } = null!;

    /// <summary>Where its data begin in what the user sent [B].</summary>
    public long Position { get; private protected set; }

    /// <summary>The caller says that it depends on the one before it of the same IV pointer: the flag that mail 004 asks for.</summary>
    public bool IsChained { get; internal set; }

    /// <summary>The IV that it encrypts from; valid once it is latched.</summary>
    public IvValue LatchedIv => _iv;

    /// <summary>The IV that it leaves, or the part that was done last; valid once it is encrypted.</summary>
    public IvValue LeftIv => _next;

    /// <summary>Links of the chain that end with it, 1 for one that starts from the user's IV. For people.</summary>
    [field: NotState]
    internal int Depth { get; private set; }

    /// <summary>Number of the IOCB whose last block it starts from, 0 for the user's IV. For people.</summary>
    [field: NotState]
    internal long ChainedTo { get; private set; }

    /// <summary>Begins a new life on a run of the stream.</summary>
    private protected void Begin(Skcipher cipher, IvCell cell, long position, DataSize length)
    {
        (Cipher, Cell, Position, Length) = (cipher, cell, position, length);
        (_isLatched, _isWritten, _isInParts) = (false, false, false);
    }

    /// <inheritdoc/>
    public sealed override void LatchIv()
    {
        if (!_isLatched)
        {
            (_isLatched, _iv, Depth, ChainedTo) = (true, Cell.Value, Cell.Depth + 1, Cell.WrittenBy);
            Track?.Latched(ChainedTo);
            OnLatched();
        }
    }

    /// <inheritdoc/>
    public sealed override void WriteBackIv()
    {
        if (!_isWritten)
        {
            WriteBackIv(_next);
        }
    }

    /// <summary>The driver writes what it takes for the IV that the request leaves, or a part of it.</summary>
    internal void WriteBackIv(IvValue iv)
    {
        _isWritten = true;
        Cell.Set(iv, Index + 1, Depth);
        Track?.WrittenBack();
        OnWritten();
    }

    /// <inheritdoc/>
    protected sealed override void Crypt()
    {
        if (_isInParts)
        {
            return;
        }

        LatchIv();
        _next = Cipher.Crypt(_iv, Position, Length.Bytes, IsEncryption, Output);
    }

    // ── for a driver that splits it ─────────────────────────────────────

    /// <summary>An engine begins a part, and reads the IV again.</summary>
    internal void LatchPart()
    {
        if (!_isLatched)
        {
            LatchIv();
            _isInParts = true;
            return;
        }

        (_iv, ChainedTo) = (Cell.Value, Cell.WrittenBy);
        if (_iv != _next)
        {
            OnStalePart();
        }
    }

    /// <summary>An engine has done a part.</summary>
    /// <param name="offset">Where it begins in the request [B].</param>
    /// <param name="length">Its length [B].</param>
    internal void CryptPart(long offset, long length)
    {
        Span<byte> output = Output;
        _next = Cipher.Crypt(_iv, Position + offset, length, IsEncryption, output.IsEmpty ? output : output.Slice((int)offset, (int)length));
    }

    /// <summary>The last block of plaintext of what was decrypted last.</summary>
    /// <param name="offset">Where that begins in the request, 0 for all of it [B].</param>
    /// <param name="length">Its length [B].</param>
    internal IvValue LastBlockOut(long offset, long length) => Cipher.LastPlaintext(_iv, Position + offset, length);

    /// <summary>A part starts from another IV than the part before it should have left.</summary>
    private protected abstract void OnStalePart();

    /// <summary>0-based place in the order in which its user submitted.</summary>
    internal long Index { get; private protected set; }

    /// <summary>Where the result goes; empty if nobody wants it.</summary>
    private protected abstract Span<byte> Output { get; }

    /// <summary>The driver has read its IV.</summary>
    private protected abstract void OnLatched();

    /// <summary>The driver has written the IV that it leaves.</summary>
    private protected abstract void OnWritten();
}
