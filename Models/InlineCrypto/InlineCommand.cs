using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>A command in a host: first its latency, then the transfer, through the crypto engine.</summary>
[KernelSource("drivers/ufs/core/ufshcd.c", "struct ufshcd_lrb", Version = "v6.18")]
internal sealed class InlineCommand(LinuxKernel kernel, string name, InlineCryptoHost host) : Simulator.Timer(kernel.Simulation, name)
{
    private readonly InlineCryptoHost _host = host;
    private Request? _request;      // null if the command is not in use
    private bool _transferring;     // the latency is over

    /// <summary>Begins with the latency.</summary>
    public void Start(Request request, Duration latency)
    {
        (_request, _transferring) = (request, false);
        Arm(latency);
    }

    /// <summary>A command in use will end its request.</summary>
    public void Owners(OwnerList owners)
    {
        if (_request is not null)
        {
            owners.Add(this);
        }
    }

    protected override void OnExpired()
    {
        Request request = _request!;
        if (!_transferring && _host.Transfer(request) is { } time)
        {
            _transferring = true;
            Arm(time);
            return;
        }

        _request = null;
        _host.OnCommandDone(this, request);
    }
}
