using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>Programming that takes so much CPU time, and may or may not sleep.</summary>
[KernelSource("include/linux/blk-crypto-profile.h", "struct blk_crypto_ll_ops", Version = "v6.18", Rules = "KS-10")]
internal sealed class TimedKeyslotOps(LinuxKernel kernel, Duration cost, KeyProgramming programming) : KeyslotOps
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly Duration _cost = cost;
    private readonly KeyProgramming _programming = programming;

    public override bool MaySleep => _programming == KeyProgramming.Sleeping;

    public override Operation<BlkStatus> ProgramAsync(Keyslot slot, BlkCryptoKey key) => SpendAsync();

    public override Operation<BlkStatus> EvictAsync(Keyslot slot, BlkCryptoKey key) => SpendAsync();

    private async Operation<BlkStatus> SpendAsync()
    {
        if (_programming == KeyProgramming.Sleeping)
        {
            _kernel.MaySleep("mutex_lock");
        }

        if (_cost > Duration.Zero)
        {
            await _kernel.Cpus.RunAsync(_cost);
        }

        return BlkStatus.Ok;
    }
}
