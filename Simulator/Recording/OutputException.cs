namespace CryptoSim.Simulator.Recording;

/// <summary>A file could not be written. The message is one line for people and names the file.</summary>
public sealed class OutputException : Exception
{
    /// <summary>The file or directory <paramref name="path"/> could not be written because of <paramref name="reason"/>.</summary>
    public OutputException(string path, string reason, Exception? inner = null)
        : base($"{path}: cannot be written: {reason}", inner)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file or directory, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Why, as the rest of a sentence: <c>no space left on device</c>.</summary>
    public string Reason { get; }

    /// <summary>Whether an exception of a write means that the file, its place or the disk is to blame, not the program.</summary>
    public static bool IsOutputFault(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or System.Security.SecurityException;

    /// <summary>Says in the system's words why <paramref name="path"/> could not be written.</summary>
    public static OutputException From(string path, Exception cause)
    {
        string reason = cause switch
        {
            _ when Directory.Exists(path) => "it is a directory",
            DirectoryNotFoundException => "its directory does not exist",
            UnauthorizedAccessException => "permission denied",
            PathTooLongException => "the name is too long",
            IOException { HResult: NoSpace } => "no space left on device",
            IOException { HResult: ReadOnlyFileSystem } => "the file system is read-only",
            ArgumentException => "it is not a file name",
            _ => cause.Message.Split('\n')[0].Trim(),
        };
        return new OutputException(path, reason, cause);
    }

    // errno values, which .NET passes on as the result code of an IOException on Linux
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
}
