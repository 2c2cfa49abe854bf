namespace CryptoSim.Simulator;

/// <summary>
/// The field is no part of the modelled state: a meter, a name, something kept for diagnosis, or an instant that decides
/// when but never whether something happens. Exploration neither compares nor restores it; no step may depend on it.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class NotStateAttribute : Attribute;
