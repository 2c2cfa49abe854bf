using System.Globalization;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <summary>The memory that the reads of one socket go to, as far as it is kept, and which IV each of them started from and left.</summary>
[KernelSource("include/linux/uio.h", "struct iovec", Version = "v4.14", Rules = "AA-5 AA-15")]
internal sealed class OutputBuffer
{
    /// <summary>Bytes that are kept of the output of one workload [B].</summary>
    public const int BytesKept = 64 << 10;

    /// <summary>Reads of one workload that are kept.</summary>
    public const int ReadsKept = 4096;

    private readonly Skcipher _cipher;
    private readonly AfAlgOptions _options;
    private readonly int _most;                         // reads that are kept
    [NotState]
    private readonly byte[] _bytes;                     // empty in symbolic mode
    [NotState]
    private readonly List<OutputPiece> _pieces = [];    // by the number of the read
    [NotState]
    private long _total;                                // of all reads [B]

    /// <summary>Room for what is kept.</summary>
    /// <param name="cipher">Real or symbolic.</param>
    /// <param name="options">How much data there are.</param>
    /// <param name="sockets">Sockets of the workload, which share what is kept of it.</param>
    public OutputBuffer(Skcipher cipher, AfAlgOptions options, int sockets)
    {
        (_cipher, _options, _most) = (cipher, options, ReadsKept / sockets);
        _bytes = new byte[cipher.IsReal ? Math.Min(BytesKept / sockets, options.NumberIos * options.Bs.Bytes) : 0];
    }

    /// <summary>Chain depths as the model knows them, of the reads that are kept.</summary>
    public IReadOnlyList<int> ModelDepths => [.. Kept(out _).Select(piece => piece.Depth)];

    /// <summary>Where a request's result goes; empty if it is not kept. It has read its IV.</summary>
    /// <param name="areq">The request.</param>
    /// <param name="read">0-based number of its read.</param>
    /// <param name="place">Of its first byte in the output [B].</param>
    public Span<byte> Of(Areq areq, long read, long place)
    {
        if (read < _most && areq.Offset == 0)
        {
            while (_pieces.Count <= read)
            {
                _pieces.Add(default);
            }

            _pieces[(int)read] = new OutputPiece(areq.Position, place, 0, new IvLink(areq.LatchedIv, default), areq.Depth);
        }

        return place + areq.Length.Bytes <= _bytes.Length ? _bytes.AsSpan((int)place, (int)areq.Length.Bytes) : [];
    }

    /// <summary>A read has ended.</summary>
    /// <param name="areq">Its last request.</param>
    /// <param name="read">0-based number of the read.</param>
    /// <param name="bytes">What its user takes it to have put out [B].</param>
    public void Add(Areq areq, long read, long bytes)
    {
        if (areq.Status != Errno.Success)
        {
            return;
        }

        _total += bytes;
        if (read < _pieces.Count)
        {
            OutputPiece piece = _pieces[(int)read];
            _pieces[(int)read] = piece with { Length = (int)(areq.Offset + areq.Length.Bytes), Link = piece.Link with { Left = areq.LeftIv } };
        }
    }

    /// <summary>What has come out without a gap; null for nothing.</summary>
    public RunOutput? ToOutput(string name)
    {
        List<OutputPiece> kept = Kept(out long end);
        if (kept.Count == 0)
        {
            return null;
        }

        return new RunOutput(name, Convert.ToHexStringLower(_bytes, 0, (int)Math.Min(end, _bytes.Length)))
        {
            Bytes = _total,
            Depths = string.Join(',', DepthSequence.Of(LinksOf(kept), GivenIvs()).Select(depth => depth.ToString(CultureInfo.InvariantCulture))),
        };
    }

    /// <summary>Reads that have ended, up to the first gap in what they put out, in the order of their submission.</summary>
    private List<OutputPiece> Kept(out long end)
    {
        end = 0;
        List<(int Read, OutputPiece Piece)> kept = [];
        foreach ((int read, OutputPiece piece) in _pieces.Index().Where(one => one.Item.Length > 0).OrderBy(one => one.Item.Place))
        {
            if (piece.Place != end || (_cipher.IsReal && piece.End > _bytes.Length))
            {
                break;
            }

            end = piece.End;
            kept.Add((read, piece));
        }

        return [.. kept.OrderBy(one => one.Read).Select(one => one.Piece)];
    }

    /// <summary>From the bytes alone where there are bytes; else from the names that stand for them.</summary>
    private List<IvLink> LinksOf(List<OutputPiece> kept)
    {
        if (!_cipher.IsReal)
        {
            return [.. kept.Select(piece => piece.Link)];
        }

        using LinkReader reader = new(_options.Mode, Convert.FromHexString(_options.Key), _options.Op == AlgOp.Encrypt);
        List<IvLink> links = [];
        foreach (OutputPiece piece in kept)
        {
            links.Add(reader.Read(_cipher.Sent(piece.Position, piece.Length), _bytes.AsSpan((int)piece.Place, piece.Length)));
        }

        return links;
    }

    /// <summary>The IVs that users have set, or may have.</summary>
    private IEnumerable<IvValue> GivenIvs()
    {
        int ivs = _options.Serialize == Serialize.InlineIv || _options.SetIv == SetIv.Each ? _pieces.Count : 1;
        IEnumerable<long> own = Enumerable.Range(0, ivs).Select(index => (long)index);
        IEnumerable<long> others = Enumerable.Range(0, _options.IvSetter is null ? 0 : ReadsKept).Select(index => IvSetter.Apart + index);
        return own.Concat(others).Select(_options.InlineIvOf);
    }
}

/// <summary>What is kept of one read.</summary>
/// <param name="Position">Where its data began in what was sent [B].</param>
/// <param name="Place">Where its result begins in the output [B].</param>
/// <param name="Length">Of both [B]; 0 for one that has not ended.</param>
/// <param name="Link">The IV it started from, and the one it left.</param>
/// <param name="Depth">Links of the chain that end with it.</param>
[KernelSource("include/linux/fs.h", "struct kiocb", Version = "v4.14", Rules = "AA-15")]
internal readonly record struct OutputPiece(long Position, long Place, int Length, IvLink Link, int Depth)
{
    /// <summary>Place behind it [B].</summary>
    public long End => Place + Length;
}
