using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>What a reader sleeps for.</summary>
[KernelSource("crypto/af_alg.c", "af_alg_wait_for_data", Version = "v4.14", Rules = "AA-4")]
internal sealed class WaitForData(OperationSocket socket) : IWaitCondition
{
    private readonly OperationSocket _socket = socket;

    /// <inheritdoc/>
    public string? WorkLeft => _socket.HasData ? "there are data to read" : null;
}

/// <summary>What a writer sleeps for.</summary>
[KernelSource("crypto/af_alg.c", "af_alg_wait_for_wmem", Version = "v4.14", Rules = "AA-3")]
internal sealed class WaitForRoom(OperationSocket socket) : IWaitCondition
{
    private readonly OperationSocket _socket = socket;

    /// <inheritdoc/>
    public string? WorkLeft => _socket.IsWritable ? "the send buffer has room" : null;
}
