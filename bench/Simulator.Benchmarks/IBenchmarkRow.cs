namespace CryptoSim.Simulator.Benchmarks;

/// <summary>One row of the table: the same work on the engine and on the baseline. Put a new row in a file of its own and into <see cref="AllRows"/>.</summary>
public interface IBenchmarkRow
{
    /// <summary>Name in the table and in <c>--row</c>.</summary>
    string Name { get; }

    /// <summary>What one operation is.</summary>
    string Operation { get; }

    /// <summary>Goal [million operations per second on the machine the goals were set on]; null: none.</summary>
    double? Goal { get; }

    /// <summary>The least ratio to the baseline that <c>--check</c> accepts.</summary>
    double Gate { get; }

    /// <summary>True when an operation may allocate; otherwise <c>--check</c> asks for exactly 0 bytes.</summary>
    bool MayAllocate => false;

    /// <summary>Operations in one timed run [1..]: enough for about a tenth of a second.</summary>
    long Operations { get; }

    /// <summary>The work on the engine, set up and not yet run.</summary>
    IWorkload OnEngine();

    /// <summary>The same work on the baseline; null when there is nothing to compare with in this process.</summary>
    IWorkload? OnBaseline();
}

/// <summary>Work that can go on for as long as asked.</summary>
public interface IWorkload
{
    /// <summary>Does about so many operations and returns how many it did.</summary>
    long Run(long operations);
}
