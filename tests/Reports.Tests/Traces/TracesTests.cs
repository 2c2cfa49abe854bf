using System.Text;
using System.Text.Json;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Reports.Traces;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Traces;

public sealed class TracesTests
{
    [Fact]
    public void The_columns_of_the_text_trace_stay_where_they_are()
    {
        string[] lines = Text(stream => TextTrace.Write(CaamDeadlock.Deadlock(), stream)).TrimEnd('\n').Split('\n');

        Assert.Equal(CaamDeadlock.Deadlock().Trace.Count + 1, lines.Length);
        Assert.Equal("         time_ns  context  process           kind      function              target                subject   result       detail", lines[0]);
        Assert.Equal("         500.000  process  kcryptd/0         call      caam_jr_enqueue       jr0                   req#1                  MAY_BACKLOG", lines[2]);
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void What_was_not_kept_is_counted_between_head_and_tail()
    {
        RunRecord run = CaamDeadlock.Deadlock();
        string text = Text(stream => TextTrace.Write(run with { TraceOmitted = 12, TraceTail = [run.Trace[^1]] }, stream));

        Assert.Contains("\n... 12 events not kept ...\n", text, StringComparison.Ordinal);
        Assert.EndsWith(TextTrace.Line(run.Trace[^1]) + "\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_never_reach_a_terminal()
    {
        Assert.DoesNotContain('\u001b', TextTrace.Line(CaamDeadlock.Deadlock().Trace[0] with { Detail = "\u001b[2J" }));
    }

    [Fact]
    public void The_blocked_report_reads_like_the_hung_task_message_it_is()
    {
        Assert.Equal(
            """
            caam-4.1: deadlock at 45.7 µs of virtual time (DM-C5)
              kcryptd/0 waits on ctx->restart, which nobody will complete

              kcryptd/0 waits on ctx->restart
                in       wait_for_completion  (ConvertContext.cs:123)
                since    3.90 µs
                owner    req#4 was answered EBUSY by jr0 and is in no queue
                verdict  nobody will signal it
                chain    kcryptd/0 → ctx->restart → req#4 → (nobody)

              writer/0 waits on io_getevents
                in       read_events  (Job.cs:72)
                since    0 µs
                owner    req#4 was answered EBUSY by jr0 and is in no queue
                verdict  nobody will signal it
                chain    writer/0 → io_getevents → bio#1 → kcryptd/0 → ctx->restart → req#4 → (nobody)
            """.ReplaceLineEndings("\n"),
            BlockedReport.Text(CaamDeadlock.Deadlock()));
    }

    [Fact]
    public void Perfetto_gets_one_asynchronous_slice_for_each_request_that_ends()
    {
        JsonElement[] events = Perfetto(CaamDeadlock.Deadlock());
        string[] begun = [.. Of(events, "b").Select(one => one.GetProperty("name").GetString()!)];

        Assert.Equal(["bio#1", "req#1", "req#2", "req#3", "req#4"], begun);
        Assert.Equal(["req#1", "req#2", "req#3"], Of(events, "e").Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(5, Of(events, "s").Count());
        Assert.Equal(3, Of(events, "f").Count());
    }

    [Fact]
    public void Perfetto_times_keep_every_picosecond()
    {
        RunRecord run = CaamDeadlock.Deadlock();
        JsonElement[] events = Perfetto(run with { Trace = [run.Trace[0] with { AtPicoseconds = 1_234_567_890_123_456_789 }] });

        Assert.Contains(events, one => one.TryGetProperty("ts", out JsonElement at) && at.GetRawText() == "1234567890123.456789");
    }

    [Fact]
    public void Who_sleeps_for_ever_sleeps_until_the_end_of_the_run()
    {
        JsonElement sleep = Of(Perfetto(CaamDeadlock.Deadlock()), "X").Single(one => one.GetProperty("name").GetString() == "sleeps in crypt_convert, never woken");

        Assert.Equal("41.75", sleep.GetProperty("dur").GetRawText());
    }

    [Fact]
    public void Each_change_of_a_ring_is_a_counter_value()
    {
        Assert.Equal([0L, 1, 2, 3, 2, 1, 0], Of(Perfetto(CaamDeadlock.Deadlock()), "C").Select(one => one.GetProperty("args").GetProperty("jobs").GetInt64()));
    }

    [Fact]
    public void Every_track_has_a_name()
    {
        JsonElement[] events = Perfetto(CaamDeadlock.Deadlock());
        var named = Of(events, "M").Select(one => (one.GetProperty("pid").GetInt32(), one.GetProperty("tid").GetInt32())).ToHashSet();

        Assert.All(events, one => Assert.Contains((one.GetProperty("pid").GetInt32(), one.GetProperty("tid").GetInt32()), named));
    }

    private static IEnumerable<JsonElement> Of(JsonElement[] events, string phase) => events.Where(one => one.GetProperty("ph").GetString() == phase);

    private static JsonElement[] Perfetto(RunRecord run) =>
        [.. JsonDocument.Parse(Text(stream => PerfettoTrace.Write(run, stream))).RootElement.GetProperty("traceEvents").EnumerateArray()];

    private static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
