using System.ComponentModel;
using System.Diagnostics;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports;

/// <summary>Figures as PNG, drawn from their SVG by <c>rsvg-convert</c> (Debian: librsvg2-bin) where that is installed.</summary>
public static class PngFile
{
    private const int TimeLimit = 60_000;   // [ms]

    /// <summary>Draws <paramref name="svg"/> at twice its size and writes <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The converter is not installed or failed, or the file could not be written.</exception>
    public static void Write(string svg, string path, string converter = "rsvg-convert", CancellationToken cancellation = default)
    {
        byte[] png = Convert(svg, path, converter);
        AtomicFile.Write(path, stream => stream.Write(png), cancellation);
    }

    private static byte[] Convert(string svg, string path, string converter)
    {
        var start = new ProcessStartInfo(converter, ["--zoom", "2"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start) ?? throw new OutputException(path, converter + " did not start");
            var complaint = process.StandardError.ReadToEndAsync();
            var image = new MemoryStream();
            var read = process.StandardOutput.BaseStream.CopyToAsync(image);
            process.StandardInput.Write(svg);
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeLimit))
            {
                process.Kill();
                throw new OutputException(path, converter + " did not finish within a minute");
            }

            read.GetAwaiter().GetResult();
            return process.ExitCode == 0 ? image.ToArray() : throw new OutputException(path, $"{converter}: {complaint.GetAwaiter().GetResult().Split('\n')[0]}");
        }
        catch (Win32Exception cause)
        {
            throw new OutputException(path, $"{converter} is not installed (Debian: apt-get install librsvg2-bin)", cause);
        }
        catch (IOException cause)
        {
            throw new OutputException(path, $"{converter} did not read the drawing", cause);
        }
    }
}
