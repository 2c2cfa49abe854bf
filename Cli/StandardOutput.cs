using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>Standard output whose failures say what they are: a full disk behind <c>&gt;</c> is an error of the output, not of CryptoSim.</summary>
/// <remarks>A reader that went away, as <c>head</c> does, is no failure: the runtime drops what it would not read.</remarks>
internal sealed class StandardOutput(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException cause)
        {
            throw OutputException.From("standard output", cause);
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
