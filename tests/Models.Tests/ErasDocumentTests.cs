using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests;

/// <summary>docs/eras.md holds what the models do in each release; UPDATE_EXPECTED=1 writes it.</summary>
public sealed class ErasDocumentTests
{
    private const string Begin = "<!-- generated: begin -->\n";
    private const string End = "<!-- generated: end -->\n";

    private static readonly KernelVersion[] Eras = Enum.GetValues<KernelVersion>();

    [Fact]
    public void The_page_has_the_defaults_of_the_models()
    {
        string file = Path.Combine(Root(), "docs", "eras.md");
        string page = File.ReadAllText(file);
        string expected = page[..(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + Table() + page[page.IndexOf(End, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            File.WriteAllText(file, expected);
        }

        Assert.Equal(expected, File.ReadAllText(file));
    }

    [Fact]
    public void An_option_of_dm_crypt_that_follows_the_release_differs_in_some_and_wins_where_it_is_set()
    {
        foreach (PropertyInfo option in typeof(DmCryptOptions).GetProperties().Where(one => one.IsDefined(typeof(ByKernelAttribute))))
        {
            PropertyInfo setting = typeof(DmCryptSettings).GetProperty(option.Name)
                ?? typeof(DmCryptSettings).GetProperty(option.Name.Replace("Pool", option.Name == nameof(DmCryptOptions.PagePool) ? "PoolReserve" : "Reserve", StringComparison.Ordinal))!;
            object?[] values = [.. Eras.Select(era => setting.GetValue(DmCryptSettings.Of(Target, era)))];
            Assert.True(values.Distinct().Count() > 1, option.Name);

            foreach (object value in values.OfType<object>().Distinct())
            {
                DmCryptOptions set = Target with { };
                option.SetValue(set, value);
                Assert.All(Eras, era => Assert.True(
                    Equals(value, setting.GetValue(DmCryptSettings.Of(set, era))) || DmCryptSettings.Of(set, era).HasFragments, $"{option.Name} {era}"));
            }
        }
    }

    private static DmCryptOptions Target => new() { Engine = "e", Below = "b" };

    private static string Table()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"| part | | {string.Join(" | ", Eras.Select(Word))} |\n|---|---|{string.Concat(Eras.Select(_ => "---|"))}\n");
        foreach (PropertyInfo setting in typeof(DmCryptSettings).GetProperties().Where(one => one.Name is not (nameof(DmCryptSettings.Options) or nameof(DmCryptSettings.QueueFlags) or nameof(DmCryptSettings.WritesInline))))
        {
            bool isOption = typeof(DmCryptOptions).GetProperty(setting.Name)?.IsDefined(typeof(ByKernelAttribute)) == true;
            Add(text, "dm-crypt", isOption ? $"`{Snake(setting.Name)}`" : Sentence(setting.Name), era => setting.GetValue(DmCryptSettings.Of(Target, era)));
        }

        JobRingOptions ring = new Scene().Ring with { Driver = Driver.ByKernel, WhenFull = null };
        foreach (PropertyInfo option in typeof(JobRingOptions).GetProperties().Where(one => one.IsDefined(typeof(ByKernelAttribute)) || one.Name is nameof(JobRingOptions.Front) or nameof(JobRingOptions.WhenFull)))
        {
            Add(text, "caam-jr", $"`{Snake(option.Name)}`", era => option.GetValue(JobRingHistory.Fill(ring, era)) ?? "left to the front");
        }

        AddDrivers(text);
        return text.ToString();
    }

    private static void AddDrivers(StringBuilder text)
    {
        Add(text, "qat", "`backlog`", era => new QatOptions { Bandwidth = new Bandwidth(1), Setup = Scene.Service(Scene.Us) }.BacklogIn(era));
        Add(text, "hisilicon-sec2", "`backlog`", era => new Sec2Options { Bandwidth = new Bandwidth(1), Setup = Scene.Service(Scene.Us) }.BacklogIn(era));
        Add(text, "pcrypt", "`when_reset`", era => new PcryptOptions { Child = "c" }.WhenResetIn(era));
        foreach (QueueingDriver driver in Enum.GetValues<QueueingDriver>())
        {
            Add(text, Kebab(driver.ToString()), "`answer`", era => QueueProfile.Of(driver).AnswerIn(era));
            Add(text, Kebab(driver.ToString()), "`wait`", era => QueueProfile.Of(driver).WaitIn(era));
        }

        UfsOptions ufs = new() { ClockGating = new ClockGatingOptions() };
        Add(text, "ufs", "`clock_gating.hold`", era => ufs.ClockGating.HoldIn(era));
        Add(text, "ufs", "`blocking` with clock gating", era => ufs.IsBlocking(era));
        Add(text, "inline-crypto, ufs, ufs-qcom, cqhci", "`keyslot_release`", era => ufs.KeyslotReleaseIn(era));
        Add(text, "inline-crypto, ufs, ufs-qcom, cqhci", "`failed_evict`", era => ufs.FailedEvictIn(era));
        AfAlgOptions aio = new() { Engine = "e" };
        Add(text, "af-alg", "`serialize`", era => aio.SerializeIn(era));
        Add(text, "af-alg", "`concurrent_write`", era => aio.ConcurrentWriteIn(era));
        Add(text, "af-alg", "`optmem_max`", era => aio.OptmemMaxIn(era));
        Add(text, "hardware", "`fpu_sections`", era => LinuxKernel.DefaultFpuSection(era));
    }

    /// <summary>A row, if it differs in some release; a value that is that of the release before stands as a ditto.</summary>
    private static void Add(StringBuilder text, string part, string name, Func<KernelVersion, object?> value)
    {
        string[] values = [.. Eras.Select(era => Print(value(era)))];
        if (values.Distinct().Count() > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {part} | {name} | {string.Join(" | ", values.Select((one, i) => i > 0 && one == values[i - 1] ? "\"" : one))} |\n");
        }
    }

    private static string Print(object? value) => value switch
    {
        null => "any",
        bool b => b ? "yes" : "no",
        Enum e => Kebab(e.ToString()),
        DataSize size => size.ToExactString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Word(KernelVersion version) => typeof(KernelVersion).GetField(version.ToString())!.GetCustomAttribute<WordAttribute>()!.Word;

    private static string Snake(string name) => Split(name, "_");

    private static string Kebab(string name) => Split(name, "-");

    private static string Sentence(string name) => Split(name, " ");

    private static string Split(string name, string by) => Regex.Replace(name, "(?<=[a-z0-9])(?=[A-Z])", by).ToLowerInvariant();

    private static string Root()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "CryptoSim.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
