using CryptoSim.Reports.Exploring;
using CryptoSim.Reports.Showing;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>A gallery made by hand: a hang that was explored, one that only ran, a bug of speed, and one that is not as expected.</summary>
internal static class MadeUpGallery
{
    public static GalleryReport All => Of(Explored, RunOnly, Speed, Broken);

    public static GalleryReport Of(params ReportedEntry[] entries) => new()
    {
        Version = "0.2.0",
        Command = "./cryptosim gallery --html out/gallery",
        Program = "./cryptosim",
        Entries = entries,
    };

    public static ReportedEntry Explored => new()
    {
        Id = "B01",
        Rules = ["DM-B01", "ME-E1"],
        Title = "CAAM answers EBUSY and keeps nothing",
        Symptom = "kworker hangs in crypt_convert; the ring is empty",
        Trigger = "a MAY_BACKLOG user fills the job ring",
        Kernel = "until 5.7",
        Source = "fix ee38767f152a, mail 000_3c7679767576e472",
        Path = "Scenarios/Gallery/b01-caam-drops-the-request.yaml",
        Story = "caam_jr_enqueue() looks for room\nin its ring.\n\nThe second paragraph.",
        Buggy = new ReportedSide("caam-4.1", "deadlock", CaamDeadlock.Deadlock()),
        Fixed = new ReportedSide("caam-fixed", "completed", CaamDeadlock.Fixed("caam-fixed")),
        Proved = true,
        AsExpected = true,
        Claims = [new ClaimResult("explore: proved", "caam-fixed", "", true, "proved", null)],
        Explored = [CaamExploration.Failing, CaamExploration.Fixed],
    };

    public static ReportedEntry RunOnly => Explored with { Id = "B06", Title = "A hang of a run", Explored = [], Proved = null };

    public static ReportedEntry Speed => RunOnly with { Id = "B02", Title = "Slow", Buggy = new ReportedSide("slow", "completed", CaamDeadlock.Fixed("slow")) };

    public static ReportedEntry Broken => Explored with { Id = "B03", Proved = false, AsExpected = false };

    /// <summary>Every text is markup or endless.</summary>
    public static GalleryReport HostileAll
    {
        get
        {
            string endless = new('w', 400);
            RunRecord run = Hostile.Records[0];
            ReportedEntry entry = Explored with
            {
                Id = Hostile.Markup,
                Rules = [Hostile.Markup, endless],
                Title = Hostile.Markup,
                Symptom = endless,
                Trigger = Hostile.Markup,
                Kernel = endless,
                Source = Hostile.Markup,
                Path = endless,
                Story = Hostile.Markup + "\n\n" + endless,
                Buggy = new ReportedSide(Hostile.Markup, endless, run),
                Fixed = new ReportedSide(endless, Hostile.Markup, run),
                Claims = Hostile.Claims,
                Explored = HostileExploration.All.Variants,
            };
            return Of(entry, entry with { Explored = [] }) with { Version = Hostile.Markup, Command = endless, Program = Hostile.Markup };
        }
    }
}
