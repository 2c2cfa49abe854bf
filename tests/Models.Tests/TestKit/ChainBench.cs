using System.Globalization;
using System.Security.Cryptography;
using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A driver alone with requests that share an IV pointer, and their data.</summary>
internal sealed class ChainBench : IDisposable
{
    public const string Key = "8d7dd9b0170ce0b5f2f8e1aa768e01e91da8bfc67fd486d081b28254c99eb423";
    public const string UserIv = "7fbc02ebf5b93322329df9bfccb635af";
    private static readonly Payload Data = new();
    private readonly DriverBench _bench;
    private readonly Skcipher _cipher;
    private long _sent;   // [B]

    public ChainBench(CryptoDeviceOptions options, BlockMode mode = BlockMode.Cbc)
    {
        _bench = new DriverBench(options);
        _cipher = new AesSkcipher(mode, Convert.FromHexString(Key), Data);
        Iv = NewIv();
    }

    public CryptoProvider Driver => _bench.Driver;

    /// <summary>ctx->iv of the first socket.</summary>
    public IvCell Iv { get; }

    public List<ChainRequest> Requests { get; } = [];

    /// <summary>Done in each callback.</summary>
    public Action? OnCallback { get; set; }

    /// <summary>Callbacks, e.g. <c>r3 EINPROGRESS@2</c> [us].</summary>
    public IReadOnlyList<string> Log => _bench.Log;

    /// <summary>For each request, which one it started from; 0 for the user's IV.</summary>
    public string Chain => string.Join(' ', Requests.Select(request => request.From));

    /// <summary>All that came out.</summary>
    public byte[] Result => [.. Requests.SelectMany(request => request.Result)];

    /// <summary>ctx->iv of another socket.</summary>
    public static IvCell NewIv()
    {
        IvCell cell = new();
        cell.Set(IvValue.Parse(UserIv));
        return cell;
    }

    /// <summary>Submits a request at this instant.</summary>
    public string Submit(IvCell? iv = null, int tfm = 1, long bytes = 16, bool mayBacklog = false, bool decrypts = false, bool chained = false)
    {
        string name = "r" + (Requests.Count + 1).ToString(CultureInfo.InvariantCulture);
        ChainRequest request = new(name, mayBacklog, _cipher, iv ?? Iv, Requests.Count, _sent, bytes)
        {
            Decrypts = decrypts,
            OwnTfm = tfm,
            IsChained = chained,
            OnCallback = status => Write(name, status),
        };
        _sent += bytes;
        Requests.Add(request);
        return Word(_bench.Driver.Submit(request).Errno);
    }

    /// <summary>Submits so many alike.</summary>
    public string SubmitAll(int count, bool mayBacklog = false, int tfm = 1, long bytes = 16) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => Submit(tfm: tfm, bytes: bytes, mayBacklog: mayBacklog)));

    /// <summary>Does something after so many nanoseconds.</summary>
    public void At(long nanoseconds, Action action) => _bench.At(nanoseconds, action);

    public Outcome Run() => _bench.Run();

    public void Dispose() => _bench.Dispose();

    /// <summary>What the same data become in one call of CBC.</summary>
    public byte[] InOneCall(bool decrypts = false)
    {
        byte[] data = new byte[_sent];
        Data.Read(0, data);
        using Aes aes = Aes.Create();
        aes.Key = Convert.FromHexString(Key);
        byte[] iv = Convert.FromHexString(UserIv);
        return decrypts ? aes.DecryptCbc(data, iv, PaddingMode.None) : aes.EncryptCbc(data, iv, PaddingMode.None);
    }

    private void Write(string name, Errno status)
    {
        _bench.Log.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {Word(status)}@{_bench.Simulation.Now.Nanoseconds / 1000m:0.###}"));
        OnCallback?.Invoke();
    }

    private static string Word(Errno errno) => errno == Errno.Success ? "0" : errno.ToString();
}
