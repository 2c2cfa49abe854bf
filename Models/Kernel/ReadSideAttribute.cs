namespace CryptoSim.Models.Kernel;

/// <summary>The method takes rcu_read_lock() before anything else, unless what it works for may sleep: a call trace from inside shows where it was taken.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadSideAttribute : Attribute;
