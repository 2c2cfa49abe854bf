namespace CryptoSim.Simulator.Recording;

/// <summary>Reads the items of a record's long lists; each starts under the cursor.</summary>
internal static class SeriesReader
{
    public static BlockedRecord ReadBlocked(ref RecordJson json)
    {
        var read = new BlockedRecord("", "", "", 0, null, "unknown", "", []);
        json.EnterHere();
        while (json.NextProperty(out string name))
        {
            read = name switch
            {
                "process" => read with { Process = json.Text() },
                "waits_on" => read with { WaitsOn = json.Text() },
                "function" => read with { Function = json.Text() },
                "since_ps" => read with { SincePicoseconds = json.Count() },
                "source" => read with { Source = json.TextOrNull() },
                "reason" => read with { Reason = json.Text() },
                "owner" => read with { Owner = json.Text() },
                "chain" => read with { Chain = json.List(static (ref RecordJson item) => item.TextHere()) },
                _ => Skipped(ref json, read),
            };
        }

        return read;
    }

    public static TraceEvent ReadTrace(ref RecordJson json)
    {
        json.EnterArrayHere();
        long at = json.Count();
        string kind = json.Text();
        var line = new TraceEvent(
            at, TraceKinds.Find(kind) ?? throw RecordJson.Bad($"there is no trace kind '{RecordJson.OneLine(kind)}'"),
            json.Text(), json.Text(), json.Text(), json.Text(), json.Text(), json.Text(), json.Text());
        json.LeaveArray();
        return line;
    }

    public static LatencySeries ReadLatencies(ref RecordJson json)
    {
        var read = new LatencySeries { Name = "", Bins = [] };
        json.EnterHere();
        while (json.NextProperty(out string name))
        {
            read = name switch
            {
                "name" => read with { Name = json.Text() },
                "bins" => read with { Bins = json.List(ReadBin) },
                "bios" => read with { Bios = json.List(ReadBio) },
                "bios_omitted" => read with { BiosOmitted = json.Count() },
                "stages" => read with { Stages = ReadStages(ref json) },
                _ => Skipped(ref json, read),
            };
        }

        return !Ascending(read.Bins) ? throw RecordJson.Bad($"the bins of '{RecordJson.OneLine(read.Name)}' are not ascending")
            : read.Stages?.AddsUpTo(read.Bins) == false ? throw RecordJson.Bad($"the stages of '{RecordJson.OneLine(read.Name)}' do not add up to its latencies")
            : read;
    }

    private static StageTable ReadStages(ref RecordJson json)
    {
        var read = new StageTable { Names = [], SumsPicoseconds = [] };
        json.Enter();
        while (json.NextProperty(out string name))
        {
            read = name switch
            {
                "names" => read with { Names = json.List(static (ref RecordJson item) => item.TextHere()) },
                "sums_ps" => read with { SumsPicoseconds = json.Longs() },
                _ => Skipped(ref json, read),
            };
        }

        return read;
    }

    public static StepSeries ReadSteps(ref RecordJson json)
    {
        var read = new StepSeries { Name = "", Unit = "", TimesPicoseconds = [], Values = [] };
        json.EnterHere();
        while (json.NextProperty(out string name))
        {
            read = name switch
            {
                "name" => read with { Name = json.Text() },
                "unit" => read with { Unit = json.Text() },
                "capacity" => read with { Capacity = json.Long() },
                "times_ps" => read with { TimesPicoseconds = json.Longs() },
                "values" => read with { Values = json.Longs() },
                "changes_omitted" => read with { ChangesOmitted = json.Count() },
                _ => Skipped(ref json, read),
            };
        }

        bool ordered = read.TimesPicoseconds.Count == read.Values.Count && Ascending(read.TimesPicoseconds);
        return ordered ? read : throw RecordJson.Bad($"the times of '{RecordJson.OneLine(read.Name)}' are not ascending or not as many as its values");
    }

    private static LatencyBin ReadBin(ref RecordJson json)
    {
        var bin = new LatencyBin(json.LongHere(), json.Long(), json.Long());
        bool sound = bin.LowPicoseconds >= 0 && bin.HighPicoseconds > bin.LowPicoseconds && bin.Count > 0;
        return sound ? bin : throw RecordJson.Bad("a latency bin has no width or no bios");
    }

    private static BioSample ReadBio(ref RecordJson json)
    {
        long submitted = json.LongHere();
        long latency = json.Count();
        long bytes = json.Count();
        bool write = json.Long() != 0;
        bool sound = submitted >= 0 && bytes <= int.MaxValue && latency <= long.MaxValue - submitted;
        return sound ? new BioSample(submitted, latency, (int)bytes, write) : throw RecordJson.Bad("a bio lies outside of virtual time");
    }

    private static bool Ascending(IReadOnlyList<LatencyBin> bins)
    {
        long end = 0;
        long total = 0;
        foreach (LatencyBin bin in bins)
        {
            if (bin.LowPicoseconds < end || bin.Count > long.MaxValue - total)
            {
                return false;
            }

            end = bin.HighPicoseconds;
            total += bin.Count;
        }

        return true;
    }

    private static bool Ascending(IReadOnlyList<long> times)
    {
        long last = 0;
        foreach (long time in times)
        {
            if (time < last)
            {
                return false;
            }

            last = time;
        }

        return true;
    }

    private static T Skipped<T>(ref RecordJson json, T value)
    {
        json.Skip();
        return value;
    }
}
