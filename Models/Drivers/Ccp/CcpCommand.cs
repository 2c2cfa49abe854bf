using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary><c>struct ccp_crypto_cmd</c> with the <c>ccp_cmd</c> in it: a request on its way through both layers.</summary>
[KernelSource("drivers/crypto/ccp/ccp-crypto-main.c", "struct ccp_crypto_cmd", Version = "v6.18", Rules = "DM-P2 DM-C9")]
internal sealed class CcpCommand(CcpDriver driver) : WorkItem
{
    private readonly CcpDriver _driver = driver;

    /// <summary>The caller's request while the command is in use.</summary>
    public CryptoRequest Request { get; set; } = null!;

    /// <summary>cmd->tfm: of its own, for the request is its owner's after the final callback (DM-C9).</summary>
    public int Tfm { get; set; }

    /// <summary>cmd->ret: what the caller was answered, or has been told since: EBUSY until it is notified.</summary>
    public Errno Ret { get; set; }

    /// <summary>CCP_CMD_MAY_BACKLOG: the device may keep it.</summary>
    public bool MayBacklog { get; set; }

    /// <summary>The device takes it from its backlog, as <c>ccp_do_cmd_backlog</c>. Context: process.</summary>
    public override Operation RunAsync()
    {
        _driver.OnLeftDeviceBacklog(this);
        return Operation.Completed;
    }
}
