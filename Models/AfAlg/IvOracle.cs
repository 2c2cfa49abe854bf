using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>Knows which IV each request should start from: that which one call over all data since the last ALG_SET_IV would have there.</summary>
/// <remarks>No part of a kernel: it is what whoever compares the output finds out (AA-16). The order is that of lock_sock().</remarks>
[KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Version = "v4.14", Rules = "AA-16 AA-C1")]
internal sealed class IvOracle(Skcipher cipher)
{
    private readonly Skcipher _cipher = cipher;
    private IvValue _start;          // that the user set
    private long _startPosition;     // [B] place in the stream of the first byte after it
    private IvValue _next;           // of the request behind the last one
    private long _nextPosition;      // [B] its place
    private bool _isSet;             // and no request has been made since

    /// <summary>ALG_SET_IV.</summary>
    public void Set(IvValue iv) => (_start, _next, _isSet) = (iv, iv, true);

    /// <summary>The IV that a request should start from; it is taken to be made.</summary>
    public IvValue Expect(long position, long length, bool isEncryption)
    {
        if (_isSet)
        {
            (_isSet, _startPosition, _nextPosition) = (false, position, position);
        }

        if (position < _nextPosition)
        {
            (_next, _nextPosition) = (_start, _startPosition);   // sent again
        }

        Advance(position - _nextPosition, isEncryption);
        IvValue expected = _next;
        Advance(length, isEncryption);
        return expected;
    }

    private void Advance(long bytes, bool isEncryption)
    {
        if (bytes > 0)
        {
            _next = _cipher.Crypt(_next, _nextPosition, bytes, isEncryption, []);
            _nextPosition += bytes;
        }
    }
}
