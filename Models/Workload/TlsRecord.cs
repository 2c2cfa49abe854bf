using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary><c>struct tls_rec</c> with its AEAD request: one record on its way to the wire.</summary>
[KernelSource("net/tls/tls.h", "struct tls_rec", Version = "v6.18", Rules = "DM-B14")]
internal sealed class TlsRecord : CryptoRequest
{
    private readonly TlsSocket _socket;
    private ObjectLifetime _memory;

    /// <summary>A record of a socket.</summary>
    public TlsRecord(TlsSocket socket, DataSize length)
        : base(mayBacklog: true)
    {
        _socket = socket;
        Length = length;
    }

    /// <summary>When it was submitted.</summary>
    [field: NotState]
    public VirtualTime SubmittedAt { get; set; }

    /// <inheritdoc/>
    public override string CallbackName => "tls_encrypt_done";

    /// <summary>Type and rule of its memory: who was answered EBUSY must not free it (DM-C4).</summary>
    private static KernelType Type => new("tls_rec", "DM-C4");

    /// <summary>Begins a life of the record.</summary>
    public void Allocate() => _memory.Allocate();

    /// <summary>Frees it.</summary>
    /// <returns>False, with the run ended, if it was freed before.</returns>
    public bool Free(LinuxKernel kernel, string function) => _memory.Free(kernel, function, Type, this);

    /// <summary>Uses it.</summary>
    /// <returns>False, with the run ended, if it is freed.</returns>
    public bool Touch(LinuxKernel kernel, string function) => _memory.Touch(kernel, function, Type, this);

    /// <inheritdoc/>
    protected override void OnComplete(Errno status) => _socket.OnEncryptDone(this, status);
}
