namespace CryptoSim.Simulator;

/// <summary>A level over virtual time, such as a queue length: its mean per unit of time, its peak, its exact integral.</summary>
public sealed class TimeWeighted : IResettable
{
    private readonly Simulation _simulation;
    private readonly long _initial;
    private Int128 _integral;
    private long _start;
    private long _last;

    /// <summary>Starts now, at a level.</summary>
    /// <param name="simulation">Whose clock counts.</param>
    /// <param name="initial">The level at the start.</param>
    public TimeWeighted(Simulation simulation, long initial = 0)
    {
        _simulation = simulation;
        _initial = initial;
        Value = Max = initial;
        _start = _last = simulation.NowPicoseconds;
    }

    /// <summary>The level now.</summary>
    public long Value { get; private set; }

    /// <summary>The highest level since the start.</summary>
    public long Max { get; private set; }

    /// <summary>Level times picoseconds since the start, exact.</summary>
    public Int128 Integral => _integral + Product(Value, _simulation.NowPicoseconds - _last);

    /// <summary>The mean over time since the start; the level itself when no time has passed.</summary>
    public double Mean => _simulation.NowPicoseconds == _start ? Value : (double)Integral / (_simulation.NowPicoseconds - _start);

    /// <summary>The level changes now.</summary>
    public void Set(long value)
    {
        long now = _simulation.NowPicoseconds;
        if (now != _last)
        {
            _integral += Product(Value, now - _last);
            _last = now;
        }

        Value = value;
        Max = Math.Max(Max, value);
    }

    /// <summary>By one multiplication: that of Int128 is made of several.</summary>
    private static Int128 Product(long level, long time)
    {
        long high = Math.BigMul(level, time, out long low);
        return new Int128(unchecked((ulong)high), unchecked((ulong)low));
    }

    /// <summary>The level changes now by a difference.</summary>
    public void Add(long difference) => Set(Value + difference);

    /// <summary>Counts from now on, at the present level: the warm-up is over.</summary>
    public void Restart()
    {
        _integral = 0;
        _start = _last = _simulation.NowPicoseconds;
        Max = Value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Value = Max = _initial;
        _integral = 0;
        _start = _last = 0;
    }
}
