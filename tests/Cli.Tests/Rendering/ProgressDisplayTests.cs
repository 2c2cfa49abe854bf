using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli.Tests.Rendering;

public sealed class ProgressDisplayTests : IDisposable
{
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private double _now;

    [Fact]
    public void Work_of_less_than_two_seconds_shows_nothing()
    {
        using (ProgressDisplay display = Display(terminal: true))
        {
            _now = 1.9;
            display.Report(new ExperimentProgress(1, 2, 0.5, 1000));
        }

        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public void Without_a_terminal_a_plain_line_comes_every_few_seconds()
    {
        using ProgressDisplay display = Display(terminal: false);
        for (_now = 0; _now < 11.5; _now += 0.5)
        {
            display.Report(new ExperimentProgress((int)_now, 20, _now / 20, (long)(_now * 3_000_000)));
        }

        Assert.Equal(
            [
                "sweep  10 %  2 of 20 runs  3.0 million events/s  18 s left",
                "sweep  35 %  7 of 20 runs  3.0 million events/s  13 s left",
            ],
            _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_terminal_gets_one_line_that_is_gone_in_the_end()
    {
        using (ProgressDisplay display = Display(terminal: true))
        {
            _now = 4;
            display.Report(new ExperimentProgress(1, 4, 0.25, 4000));
            _now = 8;
            display.Report(new ExperimentProgress(2, 4, 0.5, 8000));
        }

        string[] drawn = _error.ToString().Split('\r');
        Assert.Equal("sweep  [██████░░░░░░░░░░░░░░░░░░]  25 %  1 of 4 runs  1000 events/s  12 s left", drawn[1].TrimEnd());
        Assert.Equal("sweep  [████████████░░░░░░░░░░░░]  50 %  2 of 4 runs  1000 events/s  8 s left", drawn[2].TrimEnd());
        Assert.Equal("", drawn[^2].Trim());
        Assert.Equal("", drawn[^1]);
        Assert.DoesNotContain('\n', _error.ToString());
    }

    [Fact]
    public void A_quiet_command_shows_none()
    {
        using ProgressDisplay display = new("sweep", Around(terminal: true), quiet: true, () => 100);
        display.Report(new ExperimentProgress(1, 4, 0.25, 4000));

        Assert.Equal("", _error.ToString());
    }

    public void Dispose() => _error.Dispose();

    private ProgressDisplay Display(bool terminal) => new("sweep", Around(terminal), quiet: false, () => _now);

    private Surroundings Around(bool terminal) => new() { Output = TextWriter.Null, Error = _error, ErrorIsTerminal = terminal, ErrorWidth = 100 };
}
