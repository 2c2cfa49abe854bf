using System.Text.Json.Nodes;

namespace CryptoSim.Reports.Tests.Browser;

/// <summary>One tab.</summary>
public sealed class Page
{
    private readonly Chromium _chromium;
    private readonly string _target;
    private readonly string _session;

    private Page(Chromium chromium, string target, string session) => (_chromium, _target, _session) = (chromium, target, session);

    /// <summary>Errors on the console, uncaught exceptions and refused content, as one line each.</summary>
    public IReadOnlyList<string> Complaints =>
    [
        .. from happening in _chromium.Events
           let method = (string?)happening["method"]
           let level = (string?)(happening["params"]?["type"] ?? happening["params"]?["entry"]?["level"])
           where method == "Runtime.exceptionThrown" || (method is "Runtime.consoleAPICalled" or "Log.entryAdded" && level is "error" or "warning" or "assert")
           select happening.ToJsonString(),
    ];

    /// <summary>Addresses that the page asked for beside itself.</summary>
    public IReadOnlyList<string> Requests =>
    [
        .. from happening in _chromium.Events
           where (string?)happening["method"] == "Network.requestWillBeSent"
           let address = (string)happening["params"]!["request"]!["url"]!
           where !address.StartsWith("file://", StringComparison.Ordinal)
           select address,
    ];

    /// <summary>Opens <paramref name="file"/> and waits until its charts are drawn (or, without scripts, until it is loaded).</summary>
    public static async Task<Page> OpenAsync(Chromium chromium, string file, int width, bool dark = false, bool scripts = true)
    {
        chromium.ForgetEvents();
        string target = (string)(await chromium.SendAsync("Target.createTarget", new() { ["url"] = "about:blank" }))["targetId"]!;
        string session = (string)(await chromium.SendAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!;
        var page = new Page(chromium, target, session);
        await page.SendAsync("Page.enable");
        await page.SendAsync("Runtime.enable");
        await page.SendAsync("Log.enable");
        await page.SendAsync("Network.enable");
        await page.ResizeAsync(width);
        await page.SendAsync("Emulation.setEmulatedMedia", new()
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
        });
        if (!scripts)
        {
            await page.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = true });
        }

        await page.SendAsync("Page.navigate", new() { ["url"] = "file://" + file });
        await page.WaitAsync(scripts
            ? "document.readyState === 'complete' && document.documentElement.dataset.charts === 'ready' && [...document.querySelectorAll('.chart')].every(c => c.dataset.drawn)"
            : "location.href.startsWith('file:') && document.readyState === 'complete'");
        return page;
    }

    public Task ResizeAsync(int width) =>
        SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    public Task CloseAsync() => _chromium.SendAsync("Target.closeTarget", new() { ["targetId"] = _target });

    /// <summary>The value of a script expression, as text.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = $"String({expression})", ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } failure ? throw new InvalidOperationException(failure.ToJsonString()) : (string)answer["result"]!["value"]!;
    }

    /// <summary>Waits until a script expression is true.</summary>
    public async Task WaitAsync(string expression)
    {
        for (int i = 0; i < 1200; i++)
        {
            if (await EvaluateAsync(expression) == "true")
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"never true: {expression}\n{string.Join('\n', Complaints)}");
    }

    /// <summary>A picture of the whole page, if the environment variable REPORT_PICTURES names a directory to put it in.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("REPORT_PICTURES") is { Length: > 0 } directory)
        {
            JsonNode picture = await SendAsync("Page.captureScreenshot", new() { ["captureBeyondViewport"] = true });
            await File.WriteAllBytesAsync(Path.Combine(directory, name + ".png"), Convert.FromBase64String((string)picture["data"]!));
        }
    }

    private Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) => _chromium.SendAsync(method, parameters, _session);
}
