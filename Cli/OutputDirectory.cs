using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>The directory a command writes to. Files are made in a hidden directory inside it and take their places together at the end.</summary>
/// <remarks>It is made and tried before the work begins, so that no work is lost on one that cannot be written; a failure leaves it as it was.</remarks>
internal sealed class OutputDirectory : IDisposable
{
    private readonly Stack<string> _created = [];
    private readonly string _path;
    private bool _kept;

    private OutputDirectory(string path)
    {
        _path = path;
        Staging = Path.Combine(path, $".cryptosim-{Environment.ProcessId}-{Guid.NewGuid():N}");
    }

    /// <summary>The directory as the user named it.</summary>
    public string DisplayPath => _path;

    /// <summary>Where files are made.</summary>
    private string Staging { get; }

    /// <summary>Makes the directory.</summary>
    /// <exception cref="OutputException">It cannot be made, or no file can be made in it.</exception>
    public static OutputDirectory Prepare(string path)
    {
        var directory = new OutputDirectory(path);
        try
        {
            directory.Create(Path.GetFullPath(path));
            directory.Create(Path.GetFullPath(directory.Staging));
            return directory;
        }
        catch (Exception cause) when (OutputException.IsOutputFault(cause))
        {
            directory.Dispose();
            string? file = FileInTheWay(path);
            throw file is null ? Refusal(path, cause) : new OutputException(path, $"{file} is not a directory", cause);
        }
    }

    /// <summary>Where a file will be in the end, as the user would name it.</summary>
    public string Final(string name) => Path.Combine(_path, Path.GetFileName(name));

    /// <summary>Lets <paramref name="write"/> make files in the directory it is given; a failure names the place where the file would have been.</summary>
    /// <exception cref="OutputException">A file could not be written.</exception>
    public T Fill<T>(Func<string, T> write)
    {
        try
        {
            return write(Staging);
        }
        catch (OutputException failure) when (failure.Path.StartsWith(Staging, StringComparison.Ordinal))
        {
            throw new OutputException(Final(failure.Path), failure.Reason, failure);
        }
    }

    /// <summary>Everything was written: moves the files to their places, after all of them were found free or taken by a file.</summary>
    /// <exception cref="OutputException">A place is taken by something that is not a file; nothing was moved then.</exception>
    public void Keep()
    {
        string[] files = [.. Directory.EnumerateFiles(Staging).Order(StringComparer.Ordinal)];
        if (Array.Find(files, file => Directory.Exists(Final(file))) is { } taken)
        {
            throw new OutputException(Final(taken), "it is a directory");
        }

        foreach (string file in files)
        {
            string place = Final(file);
            try
            {
                File.Move(file, place, overwrite: true);
            }
            catch (Exception cause) when (OutputException.IsOutputFault(cause))
            {
                throw OutputException.From(place, cause);
            }
        }

        _kept = true;
    }

    /// <summary>Removes what is not kept, and the directories that were made for it.</summary>
    public void Dispose()
    {
        Attempt(() => Directory.Delete(Staging, recursive: true));
        while (!_kept && _created.TryPop(out string? directory))
        {
            Attempt(() => Directory.Delete(directory));
        }
    }

    private void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { } parent)
        {
            Create(parent);
        }

        Directory.CreateDirectory(path);
        _created.Push(path);
    }

    /// <summary>A place where the system makes no directories, such as /proc, answers as if a directory above were missing.</summary>
    private static OutputException Refusal(string path, Exception cause)
    {
        OutputException refusal = OutputException.From(path, cause);
        bool isVague = cause is DirectoryNotFoundException or FileNotFoundException || cause.Message.StartsWith(refusal.Reason, StringComparison.Ordinal);
        return isVague ? new OutputException(path, "it cannot be made there", cause) : refusal;
    }

    private static string? FileInTheWay(string path)
    {
        for (string? part = path; !string.IsNullOrEmpty(part); part = Path.GetDirectoryName(part))
        {
            if (File.Exists(part))
            {
                return part;
            }
        }

        return null;
    }

    private static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception cause) when (OutputException.IsOutputFault(cause))
        {
            // What cannot be taken back stays; the failure that led here is the one to tell.
        }
    }
}
