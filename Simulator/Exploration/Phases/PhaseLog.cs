namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>Writes down what each phase of an exploration did and how long it took.</summary>
internal sealed class PhaseLog(Func<TimeSpan> elapsed)
{
    private readonly List<PhaseReport> _reports = [];
    private TimeSpan _began = elapsed();

    internal IReadOnlyList<PhaseReport> Reports => _reports;

    internal void Add(int number, string name, string outcome, string detail, bool failed)
    {
        var now = elapsed();
        _reports.Add(new PhaseReport(number, name, outcome, detail, failed) { Seconds = (now - _began).TotalSeconds });
        _began = now;
    }
}
