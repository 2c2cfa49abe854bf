using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>
/// All bios come at the same time, each of one round of R requests, to a ring of D usable entries whose engine is slow.
/// A backlog never hangs. A ring that drops hangs waiting on busy as soon as the requests of the concurrent conversions exceed D,
/// and waiting for every request as soon as the conversions themselves do: the change hides the bug, it does not remove it.
/// </summary>
public sealed class MaskingLawTests
{
    private static string Ends(WhenFull whenFull, Submit submit, int bios, int requests, int maxActive, int usable)
    {
        Scene scene = new();
        return (scene with
        {
            Cpus = 8,
            Ring = scene.Ring with { Usable = usable, WhenFull = whenFull, Setup = Scene.Service(Duration.FromMilliseconds(1)) },
            Target = scene.Target with { Submit = submit, MaxActive = maxActive },
        }).With("writer", Scene.WriteUnits(requests, number: bios, iodepth: bios)).Run().End.Ends;
    }

    private static void ForAll(Action<int, int, int, int> check)
    {
        for (int bios = 1; bios <= 5; bios++)
        {
            for (int requests = 1; requests <= 3; requests++)
            {
                foreach (int maxActive in new[] { 1, 2, 4, 6 })
                {
                    for (int usable = 1; usable <= 6; usable++)
                    {
                        check(bios, requests, maxActive, usable);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(Submit.WaitOnBusy)]
    [InlineData(Submit.WaitEveryRequest)]
    public void A_backlog_never_hangs(Submit submit) => ForAll((bios, requests, maxActive, usable) =>
        Assert.Equal("completed", Ends(WhenFull.Backlog, submit, bios, requests, maxActive, usable)));

    [Fact]
    public void Dropping_hangs_wait_every_request_once_the_conversions_exceed_the_entries() => ForAll((bios, requests, maxActive, usable) =>
        Assert.Equal(
            Math.Min(bios, maxActive) > usable ? "deadlock" : "completed",
            Ends(WhenFull.DropRequest, Submit.WaitEveryRequest, bios, requests, maxActive, usable)));

    [Fact]
    public void Dropping_hangs_wait_on_busy_once_the_requests_in_flight_exceed_the_entries() => ForAll((bios, requests, maxActive, usable) =>
        Assert.Equal(
            bios * requests > usable ? "deadlock" : "completed",
            Ends(WhenFull.DropRequest, Submit.WaitOnBusy, bios, requests, maxActive, usable)));
}
