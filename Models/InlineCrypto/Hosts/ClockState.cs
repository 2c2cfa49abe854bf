using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Where the clocks are: <c>enum clk_gating_state</c>.</summary>
[KernelSource("include/ufs/ufshcd.h", "enum clk_gating_state", Version = "v6.18", Rules = "KS-53")]
internal enum ClockState
{
    /// <summary>CLKS_ON: held by somebody, or just turned on for somebody.</summary>
    On,

    /// <summary>REQ_CLKS_OFF: on, and nobody holds them.</summary>
    RequestOff,

    /// <summary>CLKS_OFF.</summary>
    Off,

    /// <summary>REQ_CLKS_ON: off, or about to be, and somebody wants them.</summary>
    RequestOn,
}
