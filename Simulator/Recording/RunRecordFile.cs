using System.Text.Json;

namespace CryptoSim.Simulator.Recording;

/// <summary>A run record as a file: one JSON document, UTF-8, the same bytes for the same record.</summary>
/// <remarks>
/// The first property is <c>format</c>. Long lists are compact arrays: a bin is <c>low, high, count</c>, a bio is <c>submitted, latency, bytes, write</c>, a phase of a request is <c>phase, from</c>,
/// a trace line is an array in the order of <see cref="TraceEvent"/>. Times are whole picoseconds. Properties that a reader does not know are skipped.
/// </remarks>
public static class RunRecordFile
{
    /// <summary>The first property of every record; the number grows when an older reader would misunderstand the file.</summary>
    public const string Format = "cryptosim-run 1";

    /// <summary>[B] Larger files are not read.</summary>
    public const long SizeLimit = 1L << 30;

    /// <summary>Writes <paramref name="record"/> to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; <paramref name="path"/> is as it was.</exception>
    public static void Write(RunRecord record, string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        AtomicFile.Write(path, stream => Write(record, stream, cancellation), cancellation);
    }

    /// <summary>Writes <paramref name="record"/> to <paramref name="stream"/> and leaves it open.</summary>
    public static void Write(RunRecord record, Stream stream, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var json = new Utf8JsonWriter(stream, RunRecordWriter.Options);
        new RunRecordWriter(json, cancellation).Write(record);
    }

    /// <summary>Reads the record at <paramref name="path"/>.</summary>
    /// <exception cref="RecordException">The file is not there, is not a record, is damaged, or is of a newer format.</exception>
    public static RunRecord Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        try
        {
            return new RunRecordReader(bytes).Read();
        }
        catch (JsonException cause)
        {
            bool cut = bytes.Length > 0 && !bytes.AsSpan().TrimEnd(" \r\n\t"u8).EndsWith("}"u8) && LooksLikeRecord(bytes);
            string reason = cut ? "is truncated: the record ends in the middle" : LooksLikeRecord(bytes)
                ? "is a damaged run record: " + Explain(cause) : "is not a run record";
            throw new RecordException(path, reason, cause);
        }
        catch (InvalidOperationException cause)
        {
            throw new RecordException(path, "is a damaged run record: a text is not valid UTF-8", cause);
        }
        catch (FormatException cause)
        {
            throw new RecordException(path, cause.Message, cause);
        }
    }

    private static bool LooksLikeRecord(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, 64)].IndexOf("\"cryptosim-run "u8) >= 0;

    private static string Explain(JsonException cause) =>
        cause.BytePositionInLine is { } at ? $"not valid JSON at line {cause.LineNumber + 1}, byte {at + 1}" : cause.Message;

    private static byte[] ReadBytes(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new RecordException(path, "is a directory, not a run record");
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return ReadLimited(path, stream);
        }
        catch (Exception cause) when (OutputException.IsOutputFault(cause))
        {
            string reason = cause switch
            {
                FileNotFoundException or DirectoryNotFoundException => "does not exist",
                UnauthorizedAccessException => "cannot be read: permission denied",
                _ => "cannot be read: " + cause.Message.Split('\n')[0],
            };
            throw new RecordException(path, reason, cause);
        }
    }

    /// <summary>Reads to the end, also of pipes and devices that do not know their length.</summary>
    private static byte[] ReadLimited(string path, FileStream stream)
    {
        if (stream.CanSeek && stream.Length > SizeLimit)
        {
            throw new RecordException(path, "is larger than 1 GiB, the most that is read");
        }

        var buffer = new MemoryStream(stream.CanSeek ? (int)stream.Length : 0);
        byte[] chunk = new byte[1 << 16];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            bool first = buffer.Length == read;
            if (first && !chunk.AsSpan(0, read).TrimStart("\uFEFF"u8).TrimStart(" \r\n\t"u8).StartsWith("{"u8))
            {
                throw new RecordException(path, "is not a run record");
            }

            if (buffer.Length > SizeLimit)
            {
                throw new RecordException(path, "is larger than 1 GiB, the most that is read");
            }
        }

        return buffer.Length == 0 ? throw new RecordException(path, "is empty, not a run record") : buffer.ToArray();
    }
}
