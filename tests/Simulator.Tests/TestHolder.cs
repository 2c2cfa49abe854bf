namespace CryptoSim.Simulator.Tests;

/// <summary>A holder with fixed owners.</summary>
internal sealed class TestHolder(string label, string? whyNobody, params Process[] owners) : IHolder
{
    public string Label => label;

    public string? WhyNobody => whyNobody;

    public List<IHolder> Holders { get; } = [];

    public List<Timer> Timers { get; } = [];

    public void Owners(OwnerList list)
    {
        foreach (var owner in owners)
        {
            list.Add(owner);
        }

        Holders.ForEach(list.Add);
        Timers.ForEach(list.Add);
    }
}
