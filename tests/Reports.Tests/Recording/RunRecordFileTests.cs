using System.Text;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Recording;

public sealed class RunRecordFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Hostile => new()
    {
        "", " ", "{", "}", "[]", "null", "\0\0\0\0", "scenario: x\n", "{}", "{\"format\":1}", "{\"format\":\"other 1\"}",
        "{\"format\":\"cryptosim-run 1\"}", "{\"format\":\"cryptosim-run 1\",\"version\":7}",
        "{\"format\":\"cryptosim-run 1\",\"version\":\"0\",\"identity\":[]}", "{\"format\":\"cryptosim-run 1\",\"trace\":[[0,\"jump\"]]}",
        "{\"format\":\"cryptosim-run 1\",\"metrics\":[[\"a\",1e999,\"\"]]}", "{\"format\":\"cryptosim-run 1\",\"steps\":[{\"times_ps\":[2,1],\"values\":[0,0]}]}",
        "{\"format\":\"cryptosim-run 1\",\"steps\":[{\"times_ps\":[1],\"values\":[]}]}", "{\"format\":\"cryptosim-run 1\",\"latencies\":[{\"bins\":[5,5,1]}]}",
        "{\"format\":\"cryptosim-run 1\",\"latencies\":[{\"bins\":[1,2,9223372036854775807,2,3,1]}]}", "{\"format\":\"cryptosim-run 1\",\"latencies\":[{\"bios\":[1,2,3]}]}",
        "{\"format\":\"cryptosim-run 1\",\"latencies\":[{\"bios\":[9223372036854775807,1,1,0]}]}", "{\"format\":\"cryptosim-run 1\",\"checkpoints\":[\"zz\"]}",
        "{\"format\":\"cryptosim-run 1\",\"latencies\":[{\"bins\":[5,6,1],\"stages\":{\"names\":[\"a\",\"b\"],\"sums_ps\":[2,4]}}]}",
        "{\"format\":\"cryptosim-run 1\",\"latencies\":[{\"bins\":[5,6,1],\"stages\":{\"names\":[\"a\",\"b\"],\"sums_ps\":[5]}}]}",
        "{\"format\":\"cryptosim-run 1\",\"latencies\":[{\"bins\":[5,6,1],\"stages\":{\"names\":[\"a\",\"b\"],\"sums_ps\":[6,-1]}}]}",
        "{\"format\":\"cryptosim-run 1\",\"latencies\":[{\"bins\":[5,6,1],\"stages\":{\"names\":[\"a\",\"a\"],\"sums_ps\":[2,3]}}]}",
        "{\"format\":\"cryptosim-run 1\",\"outputs\":[[\"a\",\"00\"]],\"output_bytes\":[1,2]}", "{\"format\":\"cryptosim-run 1\",\"output_depths\":[1]}",
        "{\"format\":\"cryptosim-run 1\",\"requests\":[{\"phases\":[\"a\"],\"requests\":[{\"phases\":[1,5]}]}]}",
        "{\"format\":\"cryptosim-run 1\",\"requests\":[{\"phases\":[\"a\"],\"requests\":[{\"phases\":[0,5,0,4]}]}]}",
        "{\"format\":\"cryptosim-run 1\",\"requests\":[{\"phases\":[\"a\"],\"requests\":[{\"phases\":[0,5],\"ended_ps\":4}]}]}",
        "{\"format\":\"cryptosim-run 1\",\"requests\":[{\"phases\":[\"a\"],\"requests\":[{}]}]}",
        "{\"format\":\"cryptosim-run 1\",\"checkpoint_interval\":0}", "{\"format\":\"cryptosim-run 1\",\"trace_omitted\":-1}",
        "{\"format\":\"cryptosim-run 1\",\"version\":\"\\ud800\"}", "{\"format\":\"cryptosim-run 1\",\"x\":" + new string('[', 5000),
    };

    [Fact]
    public void A_record_read_back_is_the_record_that_was_written()
    {
        foreach (RunRecord record in CaamDeadlock.All.Append(MadeUp.Run("revert", 8, 0, 200)).Append(Full()).Concat(Timelines.All))
        {
            RunRecordFile.Write(record, _directory["a.json"]);
            RunRecord read = RunRecordFile.Read(_directory["a.json"]);
            RunRecordFile.Write(read, _directory["b.json"]);

            Assert.Equal(File.ReadAllBytes(_directory["a.json"]), File.ReadAllBytes(_directory["b.json"]));
            Assert.Equal(record.Identity with { Point = [], Set = [] }, read.Identity with { Point = [], Set = [] });
            Assert.Equal(record.Identity.Point, read.Identity.Point);
            Assert.Equal(record.Identity.Set, read.Identity.Set);
            Assert.Equal(record.End with { Blocked = [] }, read.End with { Blocked = [] });
            Assert.Equal(record.Metrics, read.Metrics);
            Assert.Equal(record.Outputs, read.Outputs);
            Assert.Equal(record.Trace, read.Trace);
            Assert.Equal(record.TraceTail, read.TraceTail);
            Assert.Equal(record.Checkpoints, read.Checkpoints);
            Assert.Equal(record.Latencies.SelectMany(one => one.Bins), read.Latencies.SelectMany(one => one.Bins));
            Assert.Equal(record.Latencies.SelectMany(one => one.Bios), read.Latencies.SelectMany(one => one.Bios));
            Assert.Equal(record.Latencies.SelectMany(one => one.Stages?.Names ?? []), read.Latencies.SelectMany(one => one.Stages?.Names ?? []));
            Assert.Equal(record.Latencies.SelectMany(one => one.Stages?.SumsPicoseconds ?? []), read.Latencies.SelectMany(one => one.Stages?.SumsPicoseconds ?? []));
            Assert.Equal(record.Steps.SelectMany(one => one.Values), read.Steps.SelectMany(one => one.Values));
            Assert.Equal(record.Requests.SelectMany(one => one.Phases), read.Requests.SelectMany(one => one.Phases));
            Assert.Equal(
                record.Requests.SelectMany(one => one.Requests).Select(one => one with { Phases = [] }), read.Requests.SelectMany(one => one.Requests).Select(one => one with { Phases = [] }));
            Assert.Equal(
                record.Requests.SelectMany(one => one.Requests).SelectMany(one => one.Phases), read.Requests.SelectMany(one => one.Requests).SelectMany(one => one.Phases));
        }
    }

    [Fact]
    public void Of_a_record_from_before_lengths_and_depths_the_outputs_are_read_with_what_they_say()
    {
        RunRecordFile.Write(Full() with { Outputs = [] }, _directory["old.json"]);
        string old = File.ReadAllText(_directory["old.json"]).Replace("\"outputs\":[]", "\"outputs\":[[\"out\",\"00ff\"]]", StringComparison.Ordinal);
        Assert.DoesNotContain("output_bytes", old, StringComparison.Ordinal);
        File.WriteAllText(_directory["old.json"], old);

        Assert.Equal([new RunOutput("out", "00ff") { Bytes = 2, Depths = "" }], RunRecordFile.Read(_directory["old.json"]).Outputs);
    }

    [Fact]
    public void A_record_without_requests_is_written_as_before_there_were_any()
    {
        RunRecordFile.Write(CaamDeadlock.Deadlock(), _directory["a.json"]);

        Assert.DoesNotContain("\"requests\"", File.ReadAllText(_directory["a.json"]), StringComparison.Ordinal);
        Assert.Empty(RunRecordFile.Read(_directory["a.json"]).Requests);
    }

    [Fact]
    public void Times_and_hashes_keep_every_digit()
    {
        RunRecordFile.Write(Full(), _directory["a.json"]);
        RunRecord read = RunRecordFile.Read(_directory["a.json"]);

        Assert.Equal(long.MaxValue, read.End.AtPicoseconds);
        Assert.Equal(ulong.MaxValue, read.Identity.Seed);
        Assert.Equal(0x0123456789abcdefUL, read.End.Fingerprint);
        Assert.Equal(0.0000000000000000000000000001m, read.Metrics[0].Value);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_file_that_is_no_record_is_refused_in_one_line_that_names_it(string content)
    {
        File.WriteAllText(_directory["bad.json"], content);

        var refusal = Assert.Throws<RecordException>(() => RunRecordFile.Read(_directory["bad.json"]));

        Assert.StartsWith(_directory["bad.json"] + ": ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_record_cut_anywhere_is_refused()
    {
        RunRecordFile.Write(CaamDeadlock.Deadlock(), _directory["a.json"]);
        byte[] whole = File.ReadAllBytes(_directory["a.json"]);
        for (int length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(_directory["cut.json"], whole[..length]);
            Assert.Throws<RecordException>(() => RunRecordFile.Read(_directory["cut.json"]));
        }

        File.WriteAllBytes(_directory["cut.json"], whole[..^5]);
        Assert.Contains("truncated", Assert.Throws<RecordException>(() => RunRecordFile.Read(_directory["cut.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_byte_never_ends_in_anything_but_a_record_or_a_refusal()
    {
        RunRecordFile.Write(CaamDeadlock.Deadlock(), _directory["a.json"]);
        byte[] whole = File.ReadAllBytes(_directory["a.json"]);
        var random = new Lcg(5);
        for (int i = 0; i < 400; i++)
        {
            byte[] copy = [.. whole];
            copy[(int)(random.Unit() * copy.Length)] = (byte)(random.Unit() * 256);
            File.WriteAllBytes(_directory["flipped.json"], copy);
            Exception? thrown = Xunit.Record.Exception(() => RunRecordFile.Read(_directory["flipped.json"]));
            Assert.True(thrown is null or RecordException, thrown?.ToString());
        }
    }

    [Fact]
    public void A_newer_format_is_named()
    {
        File.WriteAllText(_directory["new.json"], "{\"format\":\"cryptosim-run 2\",\"anything\":{}}");

        string message = Assert.Throws<RecordException>(() => RunRecordFile.Read(_directory["new.json"])).Message;

        Assert.Contains("'cryptosim-run 2'; this version reads 'cryptosim-run 1'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_of_a_version_that_measured_no_stages_is_read()
    {
        RunRecord run = MadeUp.Run("revert", 4, 0, 200);
        RunRecordFile.Write(run with { Latencies = [run.Latencies[0] with { Stages = null }] }, _directory["old.json"]);

        Assert.DoesNotContain("stages", File.ReadAllText(_directory["old.json"]), StringComparison.Ordinal);
        Assert.Null(RunRecordFile.Read(_directory["old.json"]).Latencies[0].Stages);
    }

    [Fact]
    public void Stages_that_do_not_add_up_to_the_latencies_are_damage()
    {
        RunRecord run = MadeUp.Run("revert", 4, 0, 200);
        StageTable stages = run.Latencies[0].Stages!;
        RunRecordFile.Write(run with { Latencies = [run.Latencies[0] with { Stages = stages with { SumsPicoseconds = [.. stages.SumsPicoseconds.Select(time => time * 2)] } }] }, _directory["a.json"]);

        Assert.Contains("the stages of 'randwrite' do not add up to its latencies", Assert.Throws<RecordException>(() => RunRecordFile.Read(_directory["a.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_properties_are_skipped()
    {
        RunRecordFile.Write(CaamDeadlock.Deadlock(), _directory["a.json"]);
        string text = File.ReadAllText(_directory["a.json"]).Replace("\"version\":", "\"later\":{\"a\":[1,2]},\"version\":", StringComparison.Ordinal);
        File.WriteAllText(_directory["a.json"], text);

        Assert.Equal("deadlock", RunRecordFile.Read(_directory["a.json"]).End.Ends);
    }

    [Fact]
    public void Missing_files_and_directories_are_told_apart()
    {
        Assert.EndsWith("does not exist", Assert.Throws<RecordException>(() => RunRecordFile.Read(_directory["none.json"])).Message, StringComparison.Ordinal);
        Assert.EndsWith("is a directory, not a run record", Assert.Throws<RecordException>(() => RunRecordFile.Read(_directory.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gibibyte_is_refused_before_it_is_read()
    {
        using (var file = new FileStream(_directory["large.json"], FileMode.Create))
        {
            file.SetLength(RunRecordFile.SizeLimit + 1);
        }

        Assert.Contains("larger than 1 GiB", Assert.Throws<RecordException>(() => RunRecordFile.Read(_directory["large.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_leaves_nothing_and_says_so()
    {
        var refusal = Assert.Throws<OutputException>(() => RunRecordFile.Write(CaamDeadlock.Deadlock(), "/dev/full"));

        Assert.Equal("/dev/full: cannot be written: no space left on device", refusal.Message);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_other()
    {
        File.WriteAllText(_directory["a.json"], "old");

        Assert.Throws<OutputException>(() => AtomicFile.Write(_directory["a.json"], stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes("half"));
            throw new IOException("gone");
        }));

        Assert.Equal(["a.json"], _directory.Files);
        Assert.Equal("old", File.ReadAllText(_directory["a.json"]));
    }

    [Fact]
    public void A_cancelled_write_leaves_nothing()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => RunRecordFile.Write(MadeUp.Run("revert", 8, 0, 20_000), _directory["a.json"], source.Token));

        Assert.Empty(_directory.Files);
    }

    [Theory]
    [InlineData("nowhere/a.json", "its directory does not exist")]
    [InlineData("", "it is a directory")]
    [InlineData("a\0b", "it is not a file name")]
    public void A_place_that_cannot_be_written_is_told_in_one_line(string name, string reason)
    {
        string path = name.Length == 0 ? _directory.Path : _directory[name];

        Assert.Equal(reason, Assert.Throws<OutputException>(() => RunRecordFile.Write(CaamDeadlock.Deadlock(), path)).Reason);
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        File.WriteAllText(_directory["real.json"], "old");
        File.CreateSymbolicLink(_directory["link.json"], _directory["real.json"]);

        RunRecordFile.Write(CaamDeadlock.Deadlock(), _directory["link.json"]);

        Assert.NotNull(new FileInfo(_directory["link.json"]).LinkTarget);
        Assert.Equal("deadlock", RunRecordFile.Read(_directory["real.json"]).End.Ends);
    }

    private static RunRecord Full() => CaamDeadlock.Deadlock() with
    {
        Identity = MadeUp.Identity("a \"quoted\" <name>\n\u00e9\u4e2d\U0001F600", "v", [new("a.b", "1"), new("c", "2")], 3) with { Seed = ulong.MaxValue, Set = ["a=b"] },
        End = CaamDeadlock.Deadlock().End with { AtPicoseconds = long.MaxValue, Fingerprint = 0x0123456789abcdef, Rule = null, Message = null },
        Metrics = [new("m", 0.0000000000000000000000000001m, "ns")],
        Outputs = [new("out", "00ff") { Bytes = 131072, Depths = "1,2" }, new("names", "") { Depths = "1" }],
        TraceOmitted = 5,
        TraceTail = CaamDeadlock.Deadlock().Trace,
        Checkpoints = [0, ulong.MaxValue],
        CheckpointInterval = 1,
    };
}
