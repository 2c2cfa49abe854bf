namespace CryptoSim.Scenarios.Drivers;

/// <summary>What each rule of the provider contract asks of a driver, in one sentence; docs/rules.md has them whole.</summary>
public static class ContractRules
{
    /// <summary>The duty behind a rule; null for a rule that is not the contract's.</summary>
    /// <param name="rule">Its id, e.g. <c>DM-C5</c>.</param>
    public static string? Duty(string? rule) => rule switch
    {
        "DM-C1" => "a request answered EINPROGRESS or EBUSY gets its final status in exactly one callback, and one that was refused or done at once gets none",
        "DM-C4" => "a request is not submitted again before its final callback",
        "DM-C5" => "a request with MAY_BACKLOG that is answered EBUSY is kept, called back once with EINPROGRESS when it leaves the backlog, and with its final status after that",
        "DM-C9" => "after its final callback a request is its owner's, and the driver touches it no more",
        "DM-Q10" => "requests answered EBUSY are notified in the order of these answers",
        "DM-J10" => "a place in the hardware is given back when its job has ended",
        "DM-K1" => "the data of a request are encrypted once, under its own IV, before its final status 0",
        "DM-K2" => "when all work has ended nothing is left in use",
        "DM-K3" => "locks are taken in one order",
        "DM-K4" => "a lock is given back by whoever holds it",
        "DM-X2" => "in hardirq and softirq context nobody sleeps",
        "DM-X7" => "a kthread sets its state, looks at its work, and only then sleeps",
        _ => null,
    };
}
