namespace CryptoSim.Simulator.Exploration;

/// <summary>What may happen in another order.</summary>
public enum ExplorationMode
{
    /// <summary>Any pending event may be the next one, whatever its delay: sound for every timing, so a proof here implies the other two.</summary>
    Untimed,

    /// <summary>Each delay lies in an interval around its modelled value; an order is possible if some choice of delays gives it.</summary>
    Jitter,

    /// <summary>Delays are as modelled; only the order of events at the same instant is open.</summary>
    Timed,
}
