namespace CryptoSim.Simulator.Recording;

/// <summary>A file is not a run record that this version can read. The message is one line for people and names the file.</summary>
public sealed class RecordException : Exception
{
    /// <summary>The file <paramref name="path"/> cannot be read because it <paramref name="reason"/>.</summary>
    public RecordException(string path, string reason, Exception? inner = null)
        : base($"{path}: {reason}", inner)
    {
        Path = path;
    }

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }
}
