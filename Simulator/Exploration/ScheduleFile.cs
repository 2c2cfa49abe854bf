using System.Globalization;
using System.Text;

namespace CryptoSim.Simulator.Exploration;

/// <summary>A schedule as text that people can read and edit. Lines begin with a key; <c>#</c> begins a line of comment.</summary>
/// <remarks>
/// <code>
/// cryptosim-schedule 1
/// scenario  caam-deadlock.yaml
/// sha256    9f2c...
/// variant   caam-4.1
/// mode      untimed
/// choices   kcryptd/0*5 jr0/0*8 tasklet*8
/// at 5      caam_jr_enqueue(req#4) = EBUSY
/// expect    hung kcryptd/0 @ ctx->restart
/// </code>
/// A choice is the name of the process that took a step at which more than one could run; <c>*5</c> stands for five in a row.
/// After the last choice the run goes on without preemption.
/// </remarks>
public static class ScheduleFile
{
    /// <summary>The first word of every schedule.</summary>
    public const string Format = "cryptosim-schedule";

    /// <summary>Grows when an older reader would misunderstand the file.</summary>
    public const int Version = 1;

    /// <summary>Most characters of a schedule that is read.</summary>
    public const int MaxLength = 16 << 20;

    /// <summary>Most choices of a schedule that is read.</summary>
    public const int MaxChoices = 1_000_000;

    private const int Column = 10;
    private const int Width = 100;

    /// <summary>The text of a schedule.</summary>
    public static string ToText(Schedule schedule)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        Write(schedule, writer);
        return writer.ToString();
    }

    /// <summary>Writes the text of a schedule; the caller sees to it that a file is written whole or not at all.</summary>
    public static void Write(Schedule schedule, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{Format} {Version}\n"));
        WriteUnlessEmpty(writer, "scenario", schedule.Scenario);
        WriteUnlessEmpty(writer, "sha256", schedule.Sha256);
        WriteUnlessEmpty(writer, "variant", schedule.Variant);
        foreach (string assignment in schedule.Set)
        {
            WriteLine(writer, "set", ScheduleWords.Text(assignment));
        }

        WriteLine(writer, "mode", ModeText(schedule));
        WriteChoices(writer, schedule.Choices);
        foreach (var anchor in schedule.Anchors)
        {
            WriteLine(writer, string.Create(CultureInfo.InvariantCulture, $"at {anchor.Step}"), ScheduleWords.Text(anchor.Happening));
        }

        WriteUnlessEmpty(writer, "expect", schedule.Expect);
    }

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">All of it.</param>
    /// <param name="name">Stands in errors as the file.</param>
    /// <exception cref="ScheduleException">It is not one.</exception>
    public static Schedule Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return new ScheduleParser(name).Parse(text);
    }

    /// <summary>Reads the schedule in a file.</summary>
    /// <exception cref="ScheduleException">It is not there, cannot be read, or is not one.</exception>
    public static Schedule Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var stream = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            char[] buffer = new char[1 << 14];
            var text = new StringBuilder();
            for (int read; text.Length <= MaxLength && (read = stream.Read(buffer)) > 0;)
            {
                text.Append(buffer, 0, read);
            }

            return Parse(text.ToString(), path);
        }
        catch (DecoderFallbackException cause)
        {
            throw new ScheduleException($"{path}: is not a schedule: not valid UTF-8", cause);
        }
        catch (Exception cause) when (Recording.OutputException.IsOutputFault(cause))
        {
            string reason = cause is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read: " + cause.Message.Split('\n')[0];
            throw new ScheduleException($"{path}: {reason}", cause);
        }
    }

    private static string ModeText(Schedule schedule) => schedule.Mode switch
    {
        ExplorationMode.Jitter => "jitter " + schedule.Jitter.ToString("R", CultureInfo.InvariantCulture),
        ExplorationMode.Timed => "timed",
        _ => "untimed",
    };

    private static void WriteChoices(TextWriter writer, IReadOnlyList<string> choices)
    {
        var line = new StringBuilder();
        for (int i = 0; i < choices.Count;)
        {
            int end = i + 1;
            while (end < choices.Count && choices[end] == choices[i])
            {
                end++;
            }

            string word = ScheduleWords.Word(choices[i]) + (end - i > 1 ? string.Create(CultureInfo.InvariantCulture, $"*{end - i}") : "");
            if (line.Length > 0 && Column + line.Length + 1 + word.Length > Width)
            {
                WriteLine(writer, "choices", line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
            i = end;
        }

        WriteUnlessEmpty(writer, "choices", line.ToString(), isText: false);
    }

    private static void WriteUnlessEmpty(TextWriter writer, string key, string value, bool isText = true)
    {
        if (value.Length > 0)
        {
            WriteLine(writer, key, isText ? ScheduleWords.Text(value) : value);
        }
    }

    private static void WriteLine(TextWriter writer, string key, string value)
    {
        writer.Write(key.PadRight(Column - 1));
        writer.Write(' ');
        writer.Write(value);
        writer.Write('\n');
    }
}
