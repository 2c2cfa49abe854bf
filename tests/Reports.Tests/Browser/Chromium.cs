using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using CryptoSim.Reports.Tests.TestKit;

namespace CryptoSim.Reports.Tests.Browser;

/// <summary>A headless Chromium that is told what to do over its debugging socket on the loopback.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-default-apps", "--disable-extensions", "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-port=0", "about:blank",
    ];

    private readonly TemporaryDirectory _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(5));
    private readonly List<JsonNode> _events = [];
    private Process? _process;
    private int _commands;

    /// <summary>The program; null if there is none.</summary>
    public static string? Path { get; } = new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
        .FirstOrDefault(path => path is not null && File.Exists(path));

    /// <summary>What the browser reported since the last <see cref="ForgetEvents"/>.</summary>
    public IEnumerable<JsonNode> Events => _events;

    public static async Task<Chromium> StartAsync()
    {
        var chromium = new Chromium();
        await chromium.LaunchAsync();
        return chromium;
    }

    public void ForgetEvents() => _events.Clear();

    /// <summary>Sends a command and waits for its answer; events that come in between are kept.</summary>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        int id = ++_commands;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            command["sessionId"] = session;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, true, _limit.Token);
        while (true)
        {
            JsonNode message = await ReceiveAsync();
            if ((int?)message["id"] != id)
            {
                _events.Add(message);
                continue;
            }

            return message["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : message["result"]!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _socket.Dispose();
        _limit.Dispose();
        try
        {
            _profile.Dispose();
        }
        catch (IOException)
        {
            // A helper process of the browser may still be writing; the system empties its directory of temporary files.
        }
    }

    private async Task LaunchAsync()
    {
        var start = new ProcessStartInfo(Path ?? throw new InvalidOperationException("chromium is not installed")) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("--user-data-dir=" + _profile.Path);
        Array.ForEach(Flags, start.ArgumentList.Add);
        _process = Process.Start(start)!;
        const string Prefix = "DevTools listening on ";
        string said = "";
        while (await _process.StandardError.ReadLineAsync(_limit.Token) is { } line)
        {
            said += line + "\n";
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                await _socket.ConnectAsync(new Uri(line[Prefix.Length..].Trim()), _limit.Token);
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("chromium did not start:\n" + said);
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        var message = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), _limit.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return JsonNode.Parse(message.ToArray()) ?? throw new InvalidOperationException("the browser said nothing, at command " + _commands.ToString(CultureInfo.InvariantCulture));
    }
}
