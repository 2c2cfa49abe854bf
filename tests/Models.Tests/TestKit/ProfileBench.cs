using System.Globalization;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A crypto profile without a host: tasks that get and put slots at given microseconds, and a log of what they got when.</summary>
internal sealed class ProfileBench : IDisposable
{
    private readonly List<BlkCryptoKey> _keys = [];

    public ProfileBench(int slots, int program = 0, int wakeup = 0, FailedEvict failedEvict = FailedEvict.Unlink, EvictAbsent evictAbsent = EvictAbsent.Success)
    {
        Kernel = new LinuxKernel(Simulation, 4);
        Ops = new BenchOps(this, program);
        Profile = new CryptoProfile(Kernel, "ufs0", slots, Ops, Scene.Us * wakeup) { FailedEvict = failedEvict, EvictAbsent = evictAbsent };
    }

    public Simulation Simulation { get; } = new();

    public LinuxKernel Kernel { get; }

    public CryptoProfile Profile { get; }

    public KeyslotTable Table => Profile.Table;

    public BenchOps Ops { get; }

    public List<string> Log { get; } = [];

    /// <summary>[us] The virtual clock.</summary>
    public long Now => (Simulation.Now - VirtualTime.Zero).Picoseconds / Scene.Us.Picoseconds;

    /// <summary>The key of a letter.</summary>
    public BlkCryptoKey Key(char name)
    {
        while (_keys.Count <= name - 'A')
        {
            _keys.Add(new BlkCryptoKey($"{(char)('A' + _keys.Count)}", _keys.Count, DataSize.FromKibibytes(4)));
        }

        return _keys[name - 'A'];
    }

    public void Dispose() => Simulation.Dispose();

    /// <summary>A task that gets a slot for a key at some time and puts it after it has held it for so long.</summary>
    public BenchClaim Use(char key, int at, int hold, string? name = null)
    {
        BenchClaim claim = new(this, name ?? $"{key}");
        Simulation.Spawn(name ?? $"{key}", UseAsync(claim, Key(key), at, hold));
        return claim;
    }

    public void Evict(char key, int at) => Simulation.Spawn("evict", EvictAsync(Key(key), at));

    public void Reprogram(int at) => Simulation.Spawn("reset", ReprogramAsync(at));

    /// <summary>Runs to the end, which is that of all tasks.</summary>
    public IReadOnlyList<string> Run()
    {
        Outcome outcome = Simulation.Run();
        Assert.True(outcome.End == End.Completed, outcome.Message);
        return Log;
    }

    public void Note(string what) => Log.Add($"{what} @{Now.ToString(CultureInfo.InvariantCulture)}");

    private async Process UseAsync(BenchClaim claim, BlkCryptoKey key, int at, int hold)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Scene.Us * at);
        BlkStatus status = await Profile.GetAsync(key, claim);
        if (status != BlkStatus.Ok)
        {
            Note($"{claim.Name}: {status}");
            return;
        }

        Note($"{claim.Name}: {(claim.IsHit ? "hit" : "programmed")} s{claim.Slot!.Number}");
        await Simulation.Delay(Scene.Us * hold);
        Profile.Put(claim.Slot!);
    }

    private async Process EvictAsync(BlkCryptoKey key, int at)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Scene.Us * at);
        Errno answer = await Profile.EvictAsync(key);
        Note($"evict {key.Label[^1]}: {answer}");
    }

    private async Process ReprogramAsync(int at)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Scene.Us * at);
        await Profile.ReprogramAllAsync();
        Note("reprogrammed");
    }
}

/// <summary>Programming that takes so long, fails when told to, and notes what it is asked.</summary>
internal sealed class BenchOps(ProfileBench bench, int program) : KeyslotOps
{
    /// <summary>The slots and keys programmed and evicted, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Numbers of the programs that fail, from 1.</summary>
    public HashSet<int> Failing { get; } = [];

    /// <summary>[us] Resuming takes so long.</summary>
    public int Resume { get; set; }

    /// <summary>Evicting fails.</summary>
    public bool EvictFails { get; set; }

    public int Programs { get; private set; }

    /// <summary>Of slots in use, other than with the key that they have: never (KS-K4).</summary>
    public int ProgramsInUse { get; private set; }

    public override async Operation ResumeAsync(HardwareUse use)
    {
        if (Resume > 0)
        {
            await bench.Simulation.Delay(Scene.Us * Resume);
        }
    }

    public override async Operation<BlkStatus> ProgramAsync(Keyslot slot, BlkCryptoKey key)
    {
        Programs++;
        ProgramsInUse += slot.References > 0 && slot.Key != key ? 1 : 0;
        BlkStatus status = Failing.Contains(Programs) ? BlkStatus.IoError : BlkStatus.Ok;
        Calls.Add($"program s{slot.Number} {key.Label[^1]}");
        await bench.Simulation.Delay(Scene.Us * program);
        return status;
    }

    public override async Operation<BlkStatus> EvictAsync(Keyslot slot, BlkCryptoKey key)
    {
        Calls.Add($"evict s{slot.Number} {key.Label[^1]}");
        await bench.Simulation.Delay(Scene.Us * program);
        return EvictFails ? BlkStatus.IoError : BlkStatus.Ok;
    }
}

/// <summary>What a task wants a slot for.</summary>
internal sealed class BenchClaim(ProfileBench bench, string name) : IKeyslotClaim
{
    public string Name { get; } = name;

    public Keyslot? Slot { get; private set; }

    public bool IsHit { get; private set; }

    public int Slept { get; private set; }

    /// <summary>Times its plug was flushed.</summary>
    public int Flushed { get; private set; }

    void IKeyslotClaim.Begin(VirtualTime now)
    {
    }

    void IKeyslotClaim.Take(Keyslot slot, bool isHit)
    {
        (Slot, IsHit) = (slot, isHit);
        bench.Profile.Meter.OnTaken(isHit, Slept > 0, Duration.Zero);
    }

    void IKeyslotClaim.Sleeps() => Slept++;

    Operation IKeyslotClaim.FlushPlugAsync()
    {
        Flushed++;
        return Operation.Completed;
    }
}
