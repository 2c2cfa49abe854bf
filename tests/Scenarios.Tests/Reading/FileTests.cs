using System.Text;

namespace CryptoSim.Scenarios.Tests.Reading;

public sealed class FileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cryptosim-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_file_that_does_not_exist_is_said_so() => Assert.Equal("no such file", Message("absent.yaml"));

    [Fact]
    public void A_directory_is_not_a_scenario() => Assert.Equal("is a directory, not a scenario file", Message("."));

    [Fact]
    public void An_empty_file_is_said_so() => Assert.Equal("is empty", Message(Write("empty.yaml", [])));

    [Fact]
    public void An_empty_path_is_no_path() =>
        Assert.Equal("'': is not a path", ScenarioReader.Read("").Errors.Single().ToString());

    [Fact]
    public void A_file_of_100_MB_is_refused_without_being_read()
    {
        string path = Path.Combine(_directory, "big.yaml");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(100_000_000);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("is larger than 4 MiB, the most a scenario may be", Message("big.yaml"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Fact]
    public void A_NUL_byte_is_reported_at_its_place() =>
        Assert.Equal(":2:4: a NUL byte; a scenario is text in UTF-8", Suffix(Write("nul.yaml", "a: 1\nb: \0\n"u8)));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_reported_at_their_place() =>
        Assert.Equal(":2:5: bytes that are not UTF-8", Suffix(Write("latin.yaml", [.. "a: 1\nb: é"u8, 0xE9, (byte)'\n'])));

    [Fact]
    public void A_scenario_is_read_from_a_file_under_the_name_the_user_gave_it()
    {
        Write("ok.yaml", Encoding.UTF8.GetBytes(Samples.Small));
        string path = Path.Combine(_directory, "ok.yaml");
        Assert.Equal(path, ScenarioReader.Read(path).Scenario?.Path);
    }

    private string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(Path.Combine(_directory, name), bytes.ToArray());
        return name;
    }

    private string Message(string name) => Suffix(name)[2..];

    private string Suffix(string name)
    {
        string path = Path.Combine(_directory, name);
        return ScenarioReader.Read(path).Errors.Single().ToString()[path.Length..];
    }
}
