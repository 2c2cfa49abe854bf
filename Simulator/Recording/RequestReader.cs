namespace CryptoSim.Simulator.Recording;

/// <summary>Reads the requests of a record; a series starts under the cursor.</summary>
internal static class RequestReader
{
    public static RequestSeries ReadSeries(ref RecordJson json)
    {
        var read = new RequestSeries { Name = "", Phases = [], Requests = [] };
        json.EnterHere();
        while (json.NextProperty(out string name))
        {
            read = name switch
            {
                "name" => read with { Name = json.Text() },
                "phases" => read with { Phases = json.List(static (ref RecordJson item) => item.TextHere()) },
                "requests" => read with { Requests = json.List(ReadRequest) },
                _ => Skipped(ref json, read),
            };
        }

        return read.Requests.All(request => IsSound(request, read.Phases.Count))
            ? read : throw RecordJson.Bad($"the phases of a request of '{RecordJson.OneLine(read.Name)}' are not ascending or have no name");
    }

    private static RequestSample ReadRequest(ref RecordJson json)
    {
        var read = new RequestSample { Owner = "", Number = 0, Phases = [] };
        json.EnterHere();
        while (json.NextProperty(out string name))
        {
            read = name switch
            {
                "owner" => read with { Owner = json.Text() },
                "number" => read with { Number = json.Count() },
                "phases" => read with { Phases = json.List(ReadPhase) },
                "ended_ps" => read with { EndedPicoseconds = json.Count() },
                "latched_ps" => read with { LatchedPicoseconds = json.Count() },
                "written_ps" => read with { WrittenPicoseconds = json.Count() },
                "iv_from" => read with { IvFrom = json.Count() },
                "stale" => read with { IsStale = json.Count() != 0 },
                "engine" => read with { Engine = (int)Math.Min(json.Count(), int.MaxValue) },
                _ => Skipped(ref json, read),
            };
        }

        return read;
    }

    private static PhaseStart ReadPhase(ref RecordJson json) => new((int)Math.Clamp(json.LongHere(), -1, int.MaxValue), json.Count());

    private static bool IsSound(RequestSample request, int names)
    {
        long last = 0;
        foreach (PhaseStart phase in request.Phases)
        {
            if (phase.Phase < 0 || phase.Phase >= names || phase.AtPicoseconds < last)
            {
                return false;
            }

            last = phase.AtPicoseconds;
        }

        return request.Phases.Count > 0 && (request.EndedPicoseconds ?? last) >= last;
    }

    private static T Skipped<T>(ref RecordJson json, T value)
    {
        json.Skip();
        return value;
    }
}
