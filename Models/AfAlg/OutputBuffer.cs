using System.Globalization;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <summary>The memory that the IOCBs of one user are read into, as far as it is kept: a place for each, in the order of their submission.</summary>
[KernelSource("include/linux/uio.h", "struct iovec", Version = "v4.14", Rules = "AA-5")]
internal sealed class OutputBuffer
{
    /// <summary>Bytes that are kept of the output of one workload [B].</summary>
    public const int BytesKept = 64 << 10;

    /// <summary>IOCBs of one workload whose IVs are kept where there are no bytes.</summary>
    public const int NamesKept = 4096;

    private readonly Skcipher _cipher;
    private readonly int _size;           // of a place [B]
    [NotState]
    private readonly byte[] _bytes;       // empty in symbolic mode
    [NotState]
    private readonly OutputPiece[] _pieces;
    [NotState]
    private long _total;                  // of all IOCBs [B]

    /// <summary>Room for what is kept.</summary>
    /// <param name="cipher">Real or symbolic.</param>
    /// <param name="options">How many IOCBs of what size.</param>
    /// <param name="users">Users of the workload that share what is kept of it.</param>
    public OutputBuffer(Skcipher cipher, AfAlgOptions options, int users)
    {
        (_cipher, _size) = (cipher, (int)options.Bs.Bytes);
        int most = cipher.IsReal ? BytesKept / users / Math.Max(1, _size) : NamesKept / users;
        _pieces = new OutputPiece[Math.Min(options.NumberIos, most)];
        _bytes = new byte[cipher.IsReal ? _pieces.Length * _size : 0];
    }

    /// <summary>Where an IOCB's result goes; empty if it is not kept.</summary>
    public Span<byte> Of(Areq areq) =>
        _cipher.IsReal && areq.Index < _pieces.Length ? _bytes.AsSpan((int)areq.Index * _size, (int)areq.Length.Bytes) : [];

    /// <summary>An IOCB has ended.</summary>
    /// <param name="areq">Its request.</param>
    /// <param name="bytes">What its event told [B].</param>
    public void Add(Areq areq, long bytes)
    {
        if (areq.Status != Errno.Success)
        {
            return;
        }

        _total += bytes;
        if (areq.Index < _pieces.Length)
        {
            _pieces[areq.Index] = new OutputPiece(areq.Position, (int)areq.Length.Bytes, new IvLink(areq.LatchedIv, areq.LeftIv), areq.Depth);
        }
    }

    /// <summary>Chain depths as the model knows them, of the IOCBs that are kept.</summary>
    public IReadOnlyList<int> ModelDepths => [.. Done.Select(piece => piece.Depth)];

    /// <summary>What has come out up to the first IOCB that has not ended; null for nothing.</summary>
    public RunOutput? ToOutput(string name, AfAlgOptions options)
    {
        OutputPiece[] done = [.. Done];
        if (done.Length == 0)
        {
            return null;
        }

        List<IvLink> links = LinksOf(done, options);
        IEnumerable<IvValue> given = options.Serialize == Serialize.InlineIv ? done.Select((_, index) => options.InlineIvOf(index)) : [IvValue.Parse(options.Iv)];
        return new RunOutput(name, Hex(done))
        {
            Bytes = _total,
            Depths = string.Join(',', DepthSequence.Of(links, given).Select(depth => depth.ToString(CultureInfo.InvariantCulture))),
        };
    }

    private IEnumerable<OutputPiece> Done => _pieces.TakeWhile(piece => piece.Length > 0);

    /// <summary>From the bytes alone where there are bytes; else from the names that stand for them.</summary>
    private List<IvLink> LinksOf(OutputPiece[] done, AfAlgOptions options)
    {
        if (!_cipher.IsReal)
        {
            return [.. done.Select(piece => piece.Link)];
        }

        using LinkReader reader = new(options.Mode, Convert.FromHexString(options.Key), options.Op == AlgOp.Encrypt);
        List<IvLink> links = [];
        for (int i = 0; i < done.Length; i++)
        {
            links.Add(reader.Read(_cipher.Sent(done[i].Position, done[i].Length), _bytes.AsSpan(i * _size, done[i].Length)));
        }

        return links;
    }

    private string Hex(OutputPiece[] done) => _cipher.IsReal
        ? string.Concat(done.Select((piece, index) => Convert.ToHexStringLower(_bytes, index * _size, piece.Length)))
        : "";
}

/// <summary>What is kept of one IOCB.</summary>
/// <param name="Position">Where its data began in what was sent [B].</param>
/// <param name="Length">Of its data [B]; 0 for one that has not ended.</param>
/// <param name="Link">The IV it started from, and the one it left.</param>
/// <param name="Depth">Links of the chain that end with it.</param>
[KernelSource("include/linux/fs.h", "struct kiocb", Version = "v4.14", Rules = "AA-15")]
internal readonly record struct OutputPiece(long Position, int Length, IvLink Link, int Depth);
