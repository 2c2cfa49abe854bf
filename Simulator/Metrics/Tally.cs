namespace CryptoSim.Simulator;

/// <summary>Numbers per observation: count, mean, least, greatest, variance. Values are whole numbers in one unit, such as picoseconds.</summary>
public sealed class Tally : IResettable
{
    private Int128 _sum;
    private double _mean;
    private double _squares;

    /// <summary>Observations so far.</summary>
    public long Count { get; private set; }

    /// <summary>The least value; 0 when there is none.</summary>
    public long Min { get; private set; }

    /// <summary>The greatest value; 0 when there is none.</summary>
    public long Max { get; private set; }

    /// <summary>The exact sum.</summary>
    public Int128 Sum => _sum;

    /// <summary>The mean; 0 when there is no observation.</summary>
    public double Mean => Count == 0 ? 0.0 : (double)_sum / Count;

    /// <summary>The sample variance; 0 below two observations.</summary>
    public double Variance => Count < 2 ? 0.0 : _squares / (Count - 1);

    /// <summary>The sample deviation.</summary>
    public double Deviation => Math.Sqrt(Variance);

    /// <summary>Takes a value in.</summary>
    public void Record(long value)
    {
        Min = Count == 0 ? value : Math.Min(Min, value);
        Max = Count == 0 ? value : Math.Max(Max, value);
        Count++;
        _sum += value;
        double difference = value - _mean;
        _mean += difference / Count;
        _squares += difference * (value - _mean);
    }

    /// <summary>Takes a length in, in picoseconds.</summary>
    public void Record(Duration value) => Record(value.Picoseconds);

    /// <inheritdoc/>
    public void Reset()
    {
        Count = Min = Max = 0;
        _sum = 0;
        _mean = _squares = 0.0;
    }
}
