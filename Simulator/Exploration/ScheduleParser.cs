using System.Globalization;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Reads the lines of a schedule file; whatever is in them, the answer is a schedule or one line of error.</summary>
internal sealed class ScheduleParser(string file)
{
    private static readonly string[] Keys = ["scenario", "sha256", "variant", "set", "mode", "choices", "at", "expect"];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _set = [];
    private readonly List<string> _choices = [];
    private readonly List<ScheduleAnchor> _anchors = [];
    private Schedule _schedule = new();

    public Schedule Parse(string text)
    {
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        if (text.Length > ScheduleFile.MaxLength)
        {
            throw new ScheduleException($"{file}: is larger than {ScheduleFile.MaxLength >> 20} MiB, the most a schedule may be");
        }

        string[] lines = text.Split('\n');
        ReadFormat(new ScheduleLine(file, 1, lines[0].TrimEnd('\r')));
        for (int i = 1; i < lines.Length; i++)
        {
            var line = new ScheduleLine(file, i + 1, lines[i].TrimEnd('\r'));
            if (!line.IsAtEnd && line.Next != '#')
            {
                ReadLine(line);
            }
        }

        return _schedule with { Set = _set, Choices = _choices, Anchors = _anchors };
    }

    private static void ReadFormat(ScheduleLine line)
    {
        var start = line;
        if (line.Key() != ScheduleFile.Format)
        {
            throw start.Error($"expected '{ScheduleFile.Format} {ScheduleFile.Version}': this is not a schedule");
        }

        _ = line.IsAtEnd;
        var version = line;
        string number = line.Key();
        if (number != ScheduleFile.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw version.Error($"expected version {ScheduleFile.Version}: {(IsLater(number) ? "this schedule was written by a newer CryptoSim" : "there is no such version")}");
        }

        if (!line.IsAtEnd)
        {
            throw line.Error("expected the end of the line after the version");
        }
    }

    private static bool IsLater(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version > ScheduleFile.Version;

    private void ReadLine(ScheduleLine line)
    {
        var start = line;
        string key = line.Key();
        if (!Keys.Contains(key))
        {
            throw start.Error("expected one of " + string.Join(", ", Keys));
        }

        if (!_seen.Add(key) && key is not ("set" or "choices" or "at"))
        {
            throw start.Error($"expected one line of {key} only");
        }

        switch (key)
        {
            case "set":
                _set.Add(line.Rest("PATH=VALUE"));
                break;
            case "choices":
                ReadChoices(line);
                break;
            case "at":
                ReadAnchor(line);
                break;
            default:
                ReadHeader(key, line);
                break;
        }
    }

    private void ReadHeader(string key, ScheduleLine line) => _schedule = key switch
    {
        "scenario" => _schedule with { Scenario = line.Rest("the scenario file") },
        "sha256" => _schedule with { Sha256 = line.Rest("the hash of the resolved scenario") },
        "variant" => _schedule with { Variant = line.Rest("the name of a variant") },
        "expect" => _schedule with { Expect = line.Rest("how the run ends") },
        _ => ReadMode(line),
    };

    private Schedule ReadMode(ScheduleLine line)
    {
        _ = line.IsAtEnd;
        var start = line;
        ExplorationMode mode = line.Key() switch
        {
            "untimed" => ExplorationMode.Untimed,
            "timed" => ExplorationMode.Timed,
            "jitter" => ExplorationMode.Jitter,
            _ => throw start.Error("expected untimed, timed or jitter"),
        };
        var schedule = _schedule with { Mode = mode };
        if (mode == ExplorationMode.Jitter && !line.IsAtEnd)
        {
            schedule = schedule with { Jitter = ReadShare(ref line) };
        }

        return line.IsAtEnd ? schedule : throw line.Error("expected the end of the line after the mode");
    }

    private static double ReadShare(ref ScheduleLine line)
    {
        var start = line;
        bool ok = double.TryParse(line.Key(), NumberStyles.Float, CultureInfo.InvariantCulture, out double share);
        return ok && share is >= 0 and <= 1 ? share : throw start.Error("expected a share from 0 to 1");
    }

    private void ReadChoices(ScheduleLine line)
    {
        while (!line.IsAtEnd)
        {
            string name = line.Name("the name of a process");
            int count = 1;
            if (line.Next == '*')
            {
                line.Skip();
                count = line.Number(1, ScheduleFile.MaxChoices, "how many in a row,");
            }

            if (line.Next is not ('\0' or ' ' or '\t'))
            {
                throw line.Error("expected a blank after a choice");
            }

            if (_choices.Count + count > ScheduleFile.MaxChoices)
            {
                throw line.Error(string.Create(CultureInfo.InvariantCulture, $"expected at most {ScheduleFile.MaxChoices} choices in all"));
            }

            _choices.AddRange(Enumerable.Repeat(name, count));
        }
    }

    private void ReadAnchor(ScheduleLine line)
    {
        _ = line.IsAtEnd;
        int step = line.Number(1, int.MaxValue, "the number of a step");
        if (line.Next is not (' ' or '\t'))
        {
            throw line.Error("expected a blank after the number of the step");
        }

        if (_anchors.Count > 0 && _anchors[^1].Step >= step)
        {
            throw line.Error("expected the steps in ascending order");
        }

        _anchors.Add(new ScheduleAnchor(step, line.Rest("what happens at the step")));
    }
}
