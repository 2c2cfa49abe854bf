using System.Text;

namespace CryptoSim.Scenarios.Reading;

/// <summary>The text of a file, or why there is none.</summary>
internal static class FileText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads at most <see cref="ScenarioReader.MaxBytes"/> bytes; null and an error if that is not possible.</summary>
    public static string? Read(string path, ErrorList errors)
    {
        Mark file = new(path.Length == 0 ? "''" : path, 0, 0, ScenarioErrorKind.Input);
        try
        {
            if (Directory.Exists(path))
            {
                errors.Add(file, "is a directory, not a scenario file");
                return null;
            }

            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return ReadLimited(stream, file, errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors.Add(file, Reason(e));
            return null;
        }
    }

    /// <summary>Decodes UTF-8 strictly; null and an error with its place if the bytes are not text.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, Mark file, ErrorList errors)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        int zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
        {
            errors.Add(Place(bytes, zero, file), "a NUL byte; a scenario is text in UTF-8");
            return null;
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            errors.Add(Place(bytes, Math.Max(0, e.Index), file), "bytes that are not UTF-8");
            return null;
        }
    }

    private static string? ReadLimited(FileStream stream, Mark file, ErrorList errors)
    {
        byte[] bytes = new byte[64 << 10];
        int length = 0;
        while (length <= ScenarioReader.MaxBytes)
        {
            int read = stream.Read(bytes, length, bytes.Length - length);
            if (read == 0)
            {
                return Decode(bytes.AsSpan(0, length), file, errors);
            }

            length += read;
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, Math.Min(bytes.Length * 4, ScenarioReader.MaxBytes + 1));
            }

            if (length > ScenarioReader.MaxBytes)
            {
                break;
            }
        }

        errors.Add(file, $"is larger than {ScenarioReader.MaxBytes >> 20} MiB, the most a scenario may be");
        return null;
    }

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => "permission denied",
        PathTooLongException => "the path is too long",
        ArgumentException or NotSupportedException => "is not a path",
        _ => "cannot be read: " + e.Message,
    };

    private static Mark Place(ReadOnlySpan<byte> bytes, int index, Mark file)
    {
        ReadOnlySpan<byte> before = bytes[..index];
        int line = before.Count((byte)'\n');
        int start = before.LastIndexOf((byte)'\n') + 1;
        int column = 0;
        foreach (byte b in before[start..])
        {
            column += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return file with { Line = line + 1, Column = column + 1 };
    }
}
