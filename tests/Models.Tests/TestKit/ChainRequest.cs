using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A request with an IV pointer, and data that really are encrypted, that tells its callbacks.</summary>
internal sealed class ChainRequest : SkcipherRequest
{
    private readonly byte[] _output;

    public ChainRequest(string name, bool mayBacklog, Skcipher cipher, IvCell cell, long index, long position, long bytes)
        : base(mayBacklog)
    {
        Name = name;
        _output = new byte[bytes];
        Begin(cipher, cell, position, new DataSize(bytes));
        Index = index;
    }

    public string Name { get; }

    /// <summary>Done in the callback.</summary>
    public Action<Errno>? OnCallback { get; init; }

    /// <summary>Decrypts.</summary>
    public bool Decrypts
    {
        init => IsEncryption = !value;
    }

    /// <summary>The transformation it belongs to.</summary>
    public int OwnTfm
    {
        init => Tfm = value;
    }

    /// <summary>Number of the request whose last block it started from, 0 for the user's IV, and -1 if it never started.</summary>
    public long From { get; private set; } = -1;

    /// <summary>Parts that started from another IV than the part before should have left.</summary>
    public int StaleParts { get; private set; }

    /// <summary>What came out.</summary>
    public byte[] Result => _output;

    public override string CallbackName => "test_done";

    private protected override Span<byte> Output => _output;

    private protected override void OnLatched() => From = ChainedTo;

    private protected override void OnWritten()
    {
    }

    private protected override void OnStalePart() => StaleParts++;

    protected override void OnComplete(Errno status) => OnCallback?.Invoke(status);

    public override string ToString() => Name;
}
