using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A request that writes down its callbacks.</summary>
internal sealed class TestRequest : CryptoRequest
{
    private readonly LinuxKernel? _kernel;
    private readonly List<string>? _log;

    public TestRequest(string name, bool mayBacklog = true, LinuxKernel? kernel = null, List<string>? log = null)
        : base(mayBacklog)
    {
        Name = name;
        (_kernel, _log) = (kernel, log);
        Length = new DataSize(512);
    }

    public string Name { get; }

    /// <summary>Statuses of the callbacks in their order.</summary>
    public List<Errno> Callbacks { get; } = [];

    /// <summary>Contexts of the callbacks in their order.</summary>
    public List<CpuContext> Contexts { get; } = [];

    /// <summary>[ns] When each callback came.</summary>
    public List<decimal> Times { get; } = [];

    /// <summary>Done in the callback besides writing it down.</summary>
    public Action<Errno>? OnCallback { get; set; }

    public override string CallbackName => "test_done";

    protected override void OnComplete(Errno status)
    {
        Callbacks.Add(status);
        if (_kernel is not null)
        {
            Contexts.Add(_kernel.Context);
            Times.Add(_kernel.Simulation.Now.Nanoseconds);
        }

        _log?.Add($"{Name} {(status == Errno.Success ? "0" : status.ToString())}");
        OnCallback?.Invoke(status);
    }

    /// <summary>What its data are encrypted under.</summary>
    public long OwnIv
    {
        get => Iv;
        init => Iv = value;
    }

    /// <summary>The transformation it belongs to.</summary>
    public int OwnTfm
    {
        get => Tfm;
        init => Tfm = value;
    }

    /// <summary>Changes the length of the data [B].</summary>
    public void Resize(long bytes) => Length = new DataSize(bytes);

    public override string ToString() => Name;
}
