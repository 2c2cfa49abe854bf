namespace CryptoSim.Models.Kernel;

/// <summary>The field is no part of the modelled state: a meter, a name, or an instant that decides when but never whether something happens.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class NotStateAttribute : Attribute;
