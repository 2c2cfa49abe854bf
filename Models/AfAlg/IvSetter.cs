using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>The other task of AA-21: sets the IV of an operation socket again and again.</summary>
/// <remarks>
/// <code>
///   pause ──► sendmsg(ALG_SET_OP, ALG_SET_IV) ──► pause ...
/// </code>
/// It takes lock_sock() and nothing else: no mutex of the IV, no look at requests in flight. It ends with the tasks that read.
/// </remarks>
[KernelSource("crypto/af_alg.c", "af_alg_sendmsg", Version = "v6.6", Rules = "AA-21")]
internal sealed class IvSetter
{
    /// <summary>Number of its first IV: its IVs are none of the readers'.</summary>
    public const long Apart = 1L << 40;

    private readonly AioStream _stream;
    private readonly AfAlgOptions _options;
    private readonly IvSetterOptions _setter;
    private readonly RandomStream _pauses;
    private long _next;   // 0-based number of its next IV

    public IvSetter(LinuxKernel kernel, string name, AioStream stream, AfAlgOptions options, RandomStream pauses)
    {
        (_stream, _options, _setter, _pauses) = (stream, options, options.IvSetter!, pauses);
        kernel.Simulation.Spawn(name, RunAsync(kernel));
    }

    private async Process RunAsync(LinuxKernel kernel)
    {
        kernel.Enter(CpuContext.Process);
        while (!_stream.IsFinished && (_setter.Number is not { } number || _next < number))
        {
            await kernel.Simulation.Delay(_setter.Every.Sample(_pauses));
            _ = await _stream.Socket.SendAsync(new SendMessage(0, More: true) { Op = _options.Op, Iv = _options.InlineIvOf(Apart + _next++) });
        }
    }
}
