namespace CryptoSim.Simulator.Recording;

/// <summary>Writes a file so that a reader sees the old content or the new one, and nothing in between.</summary>
/// <remarks>The bytes go to a hidden file in the same directory, which takes the final name at the end. A write that fails or is cancelled leaves nothing behind.</remarks>
public static class AtomicFile
{
    /// <summary>Writes what <paramref name="content"/> puts into the stream to <paramref name="path"/>.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; <paramref name="path"/> is as it was.</exception>
    public static void Write(string path, Action<Stream> content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            Replace(path, content, cancellation);
        }
        catch (Exception cause) when (OutputException.IsOutputFault(cause))
        {
            throw OutputException.From(path, cause);
        }
    }

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a mark.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void WriteText(string path, string text, CancellationToken cancellation = default) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)), cancellation);

    private static void Replace(string path, Action<Stream> content, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        string target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (target.StartsWith("/dev/", StringComparison.Ordinal))
        {
            // A device or a pipe cannot be replaced by a file.
            using var device = new FileStream(target, FileMode.Open, FileAccess.Write);
            content(device);
            return;
        }

        if (Directory.Exists(target))
        {
            throw new IOException("it is a directory");
        }

        string directory = Path.GetDirectoryName(target) ?? throw new IOException("it is a directory");
        string temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                content(stream);
            }

            cancellation.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception cause) when (OutputException.IsOutputFault(cause))
        {
            // The first failure is the one to tell.
        }
    }
}
