using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>A request that was split, until all its elements have been called back: <c>struct sec_request</c>. One that fits into an element goes as it is.</summary>
[KernelSource("drivers/crypto/hisilicon/sec/sec_drv.h", "struct sec_request", Version = "v4.19", Rules = "AA-25 AA-28")]
internal sealed class SplitRequest(CryptoRequest whole, int elements)
{
    private readonly CryptoRequest _whole = whole;
    private int _uncrypted = elements;
    private int _elements = elements;   // that have not been called back

    /// <summary>The caller's request.</summary>
    public CryptoRequest Whole => _whole;

    /// <summary>An engine has done an element: with the last the whole is done.</summary>
    public void OnCrypted()
    {
        if (--_uncrypted == 0)
        {
            _whole.Encrypt(_whole.Iv);
        }
    }

    /// <summary>An element leaves the list of the request.</summary>
    /// <returns>True for the last.</returns>
    public bool OnCalledBack() => --_elements == 0;
}

/// <summary>One of several elements of a request: <c>struct sec_request_el</c>, with a descriptor of its own.</summary>
[KernelSource("drivers/crypto/hisilicon/sec/sec_drv.h", "struct sec_request_el", Version = "v4.19", Rules = "AA-25")]
internal sealed class SecElement : CryptoRequest
{
    private readonly long _offset;   // [B] in the request

    /// <summary>A part of a request.</summary>
    /// <param name="split">The request.</param>
    /// <param name="offset">Where the part begins in it [B].</param>
    /// <param name="length">Its length.</param>
    public SecElement(SplitRequest split, long offset, DataSize length)
        : base(mayBacklog: false)
    {
        (Split, _offset) = (split, offset);
        TakeAfter(split.Whole);
        Length = length;
    }

    /// <summary>The request that it is of.</summary>
    public SplitRequest Split { get; }

    /// <inheritdoc/>
    public override string CallbackName => Split.Whole.CallbackName;

    /// <summary>The request of an element, whether that is all of it or a part.</summary>
    public static CryptoRequest RequestOf(CryptoRequest element) => element is SecElement part ? part.Split.Whole : element;

    /// <summary>The same, null for one that is not chained to others.</summary>
    public static SkcipherRequest? ChainedRequestOf(CryptoRequest element) => RequestOf(element) as SkcipherRequest;

    /// <summary>The last block that came out of an element.</summary>
    public static IvValue LastBlockOut(CryptoRequest element) =>
        ChainedRequestOf(element)!.LastBlockOut(element is SecElement part ? part._offset : 0, element.Length.Bytes);

    /// <summary>An engine begins it, and reads the IV as the element before it has left it.</summary>
    public override void LatchIv()
    {
        if (_offset == 0)
        {
            Split.Whole.BeginService(Simulation.Current.Now);
        }

        ChainedRequestOf(this)?.LatchPart();
    }

    /// <inheritdoc/>
    protected override void Crypt()
    {
        ChainedRequestOf(this)?.CryptPart(_offset, Length.Bytes);
        Split.OnCrypted();
    }

    /// <summary>Never called: the driver calls the request back, not its elements.</summary>
    protected override void OnComplete(Errno status) => throw new InvariantException("an element has no callback of its own");
}
