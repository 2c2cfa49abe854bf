namespace CryptoSim.Simulator.Exploration;

/// <summary>Every schedule once, depth first: each run repeats the last one up to the deepest choice that has something untried. Keeps no states; ends when all were tried.</summary>
public sealed class DepthFirst : IChooserStrategy
{
    private readonly List<(int Taken, int Of)> _path = [];
    private int _depth;

    /// <inheritdoc/>
    public bool Begin(int number)
    {
        _depth = 0;
        return number == 0 || Advance();
    }

    /// <inheritdoc/>
    public int Choose(ChoicePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.Count == 1)
        {
            return 0;
        }

        if (_depth == _path.Count)
        {
            _path.Add((0, point.Count));
        }

        (int taken, int of) = _path[_depth++];
        return of == point.Count ? taken : throw new InvalidOperationException("the model is not the same in every run: the same choices led to other ones");
    }

    /// <inheritdoc/>
    public void Ended(int steps)
    {
    }

    private bool Advance()
    {
        while (_path.Count > 0)
        {
            (int taken, int of) = _path[^1];
            if (taken + 1 < of)
            {
                _path[^1] = (taken + 1, of);
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }
}
