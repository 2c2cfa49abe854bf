using System.Reflection;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>Drivers with one fault each are caught by exploration, which names the rule that is broken; correct ones are not.</summary>
public sealed class MutationTests
{
    private static readonly LawOptions Law = new() { Contexts = 2, Requests = 2, Usable = 2 };

    private static readonly string[] BreakingNoRule = [nameof(Fault.LetsNewRequestsOvertake), nameof(Fault.EndsBackloggedInError)];

    private static readonly ExplorationOptions SearchAlone = new() { RandomRuns = 0, PctRuns = 0, StateLimit = 100_000 };

    [Theory]
    // what it answers
    [InlineData(nameof(Fault.BusyWithoutKeeping), "deadlock", "DM-C5")]
    [InlineData(nameof(Fault.KeptAndAnsweredNoSpace), "fault", "DM-C1")]
    [InlineData(nameof(Fault.KeptAndAnsweredDone), "fault", "DM-C1")]
    [InlineData(nameof(Fault.BackloggedAndAnsweredInProgress), "fault", "DM-C5")]
    [InlineData(nameof(Fault.SentAndBacklogged), "corruption", "DM-K1")]
    // how it keeps
    [InlineData(nameof(Fault.BacklogLifo), "fault", "DM-Q10")]
    [InlineData(nameof(Fault.AppendsOutsideLock), "deadlock", "DM-C5")]
    [InlineData(nameof(Fault.DrainedBySubmissionOnly), "deadlock", "DM-C5")]
    [InlineData(nameof(Fault.ResubmitsInFlight), "fault", "DM-C4")]
    [InlineData(nameof(Fault.OverrunsRing), "corruption", "DM-K1")]
    [InlineData(nameof(Fault.UnlocksEarly), "corruption", "DM-K1")]
    [InlineData(nameof(Fault.LeaksEntry), "deadlock", "DM-J10")]
    // how it notifies
    [InlineData(nameof(Fault.NotificationMissing), "fault", "DM-C5")]
    [InlineData(nameof(Fault.NotifiesTwice), "fault", "DM-C5")]
    [InlineData(nameof(Fault.NotifiesAll), "fault", "DM-C5")]
    [InlineData(nameof(Fault.NotifiesTheFinished), "fault", "DM-C5")]
    [InlineData(nameof(Fault.NotifiesTheNext), "fault", "DM-Q10")]
    [InlineData(nameof(Fault.NotifiesFromWork), "fault", "DM-C5")]
    [InlineData(nameof(Fault.NotifiesBeforeDispatch), "fault", "DM-C5")]
    [InlineData(nameof(Fault.TouchesAfterFinal), "fault", "DM-C9")]
    // how it completes
    [InlineData(nameof(Fault.LosesCompletion), "deadlock", "DM-C1")]
    [InlineData(nameof(Fault.CompletesTwice), "fault", "DM-C9")]
    [InlineData(nameof(Fault.ReadsStaleOutput), "corruption", "DM-K1")]
    [InlineData(nameof(Fault.SleepsInTasklet), "fault", "DM-X2")]
    // what its hardware does
    [InlineData(nameof(Fault.CompletesBeforeProcessing), "corruption", "DM-K1")]
    [InlineData(nameof(Fault.ProcessesTwice), "corruption", "DM-K1")]
    [InlineData(nameof(Fault.SharesIvRegister), "corruption", "DM-K1")]
    [InlineData(nameof(Fault.LineTakenForEdge), "deadlock", "DM-C1")]
    [InlineData(nameof(Fault.RaisesBeforeOutput), "deadlock", "DM-C1")]
    [InlineData(nameof(Fault.RetiresOneForEachInterrupt), "deadlock", "DM-C1")]
    public void A_fault_is_found_and_the_broken_rule_named(string fault, string found, string rule)
    {
        ExplorationResult result = Explore(Driver(Enum.Parse<Fault>(fault)));

        Assert.Equal((found, rule), (result.Found, result.Rule));
        Assert.NotNull(result.Failure);
        Assert.True(result.Failure.IsShortest);
    }

    [Fact]
    public void There_are_at_least_twenty_faults_and_each_is_in_the_table()
    {
        string[] table = [.. Rows().Select(row => (string)row[0]!)];

        Assert.True(table.Length >= 20);
        Assert.Equal(Enum.GetNames<Fault>().Except([nameof(Fault.None), .. BreakingNoRule]), table);
    }

    [Theory]
    [InlineData(nameof(Fault.LetsNewRequestsOvertake), null)]
    [InlineData(nameof(Fault.EndsBackloggedInError), "io-error")]
    public void What_breaks_no_rule_is_told_at_most_by_its_effect(string fault, string? found)
    {
        ExplorationResult result = Explore(Driver(Enum.Parse<Fault>(fault)));

        Assert.Equal((found, null), (result.Found, result.Rule));
    }

    [Fact]
    public void The_documented_table_is_this_one()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "checks.md"));
        foreach (object?[] row in Rows())
        {
            string seen = RunOnce(Driver(Enum.Parse<Fault>((string)row[0]!))) == "completed" ? "passes" : "fails";
            Assert.Contains($"| {row[1]} | {row[2]} | {seen} |", Assert.Single(page.Split('\n'), line => line.StartsWith($"| `{row[0]}` |", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_ordinary_run_passes_over_a_third_of_them()
    {
        int unseen = Rows().Count(row => RunOnce(Driver(Enum.Parse<Fault>((string)row[0]!))) == "completed");

        Assert.Equal(Rows().Count() / 3, unseen);
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 1, false)]
    [InlineData(2, 2, false)]
    [InlineData(2, 2, true)]
    public void The_driver_without_a_fault_is_proved(int entries, int engines, bool givesSectors) =>
        Proved(Explore(kernel => Of(new FaultyDriver(kernel, Fault.None, entries, engines, givesSectors))));

    [Theory]
    [InlineData(Front.None, Freed.InRingOrder, Submit.WaitOnBusy)]
    [InlineData(Front.None, Freed.AnyOrder, Submit.WaitOnBusy)]
    [InlineData(Front.None, Freed.InRingOrder, Submit.WaitEveryRequest)]
    [InlineData(Front.Engine, Freed.InRingOrder, Submit.WaitOnBusy)]
    [InlineData(Front.Engine, Freed.InRingOrder, Submit.WaitEveryRequest)]
    [InlineData(Front.EngineRetry, Freed.InRingOrder, Submit.WaitOnBusy)]
    [InlineData(Front.EngineRetry, Freed.AnyOrder, Submit.WaitOnBusy)]
    public void A_correct_ring_or_engine_is_proved_also_under_a_template(Front front, Freed freed, Submit submit)
    {
        LawOptions law = Law with { Contexts = front == Front.EngineRetry ? 2 : 3, Submit = submit, Freed = freed, Engines = 2 };
        JobRingOptions ring = law.Ring with { Front = front, EngineQlen = 1, WhenFull = front == Front.None ? WhenFull.Backlog : WhenFull.Reject };

        Proved(Explore(kernel => Ring(kernel, ring, template: false), law));
        Proved(Explore(kernel => Ring(kernel, ring, template: true), law));
    }

    [Fact]
    public void A_request_that_is_used_after_it_was_freed_is_the_same_in_the_search_and_in_its_trace()
    {
        ExplorationResult result = Explore(kernel => Of(new FaultyDriver(kernel, Fault.LeaksEntry, entries: 1, engines: 1)));

        Assert.Equal(("deadlock", "DM-J10"), (result.Found, result.Rule));
    }

    private static IEnumerable<object?[]> Rows() => typeof(MutationTests).GetMethod(nameof(A_fault_is_found_and_the_broken_rule_named))!
        .GetCustomAttributes<InlineDataAttribute>().Select(row => row.GetData(null!).Single());

    private static string RepositoryRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "CryptoSim.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }

    private static void Proved(ExplorationResult result)
    {
        Assert.Equal((ExplorationVerdict.Proved, null, null), (result.Verdict, result.Found, result.Message));
        Assert.True(result.Counts.States > 50);
    }

    private static ExplorationResult Explore(Func<LinuxKernel, (CryptoProvider, Func<int>)> driver, LawOptions? law = null) =>
        new Explorer(new LawScene.Factory(law ?? Law, driver), SearchAlone).Run();

    private static string RunOnce(Func<LinuxKernel, (CryptoProvider, Func<int>)> driver)
    {
        using IExplorable scene = new LawScene.Factory(Law, driver).Build(traced: false);
        scene.Simulation.Run();
        return scene.DescribeEnd().Ends;
    }

    private static Func<LinuxKernel, (CryptoProvider, Func<int>)> Driver(Fault fault) =>
        kernel => Of(new FaultyDriver(kernel, fault, Law.Usable, engines: 1, givesSectors: fault == Fault.SharesIvRegister));

    private static (CryptoProvider, Func<int>) Of(FaultyDriver driver) => (driver, () => driver.Used);

    private static (CryptoProvider, Func<int>) Ring(LinuxKernel kernel, JobRingOptions options, bool template)
    {
        JobRing ring = new(kernel, "jr0", options, new RandomSource(1).Stream("jr0.setup"));
        CaamCipher cipher = new(ring, options.Front == Front.None ? null : new CryptoEngine(kernel, "jr0-engine", ring, options));
        return (template ? new TemplateCipher(kernel, cipher) : cipher, () => ring.Used);
    }
}
