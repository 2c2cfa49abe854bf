using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Theory;

/// <summary>Tasks that think, do one I/O under a key that nobody has used before, and so on for ever.</summary>
internal sealed class ClosedScene : IDisposable
{
    public ClosedScene(InlineCryptoHostOptions options, int tasks, Duration think, ulong seed)
    {
        Kernel = new LinuxKernel(Simulation, 4);
        RandomSource random = new(seed);
        Host = new InlineCryptoHost(Kernel, "ufs0", options, random.Stream("ufs0.latency"));
        for (int i = 0; i < tasks; i++)
        {
            Simulation.Spawn($"task/{i}", new Thinker(this, think, random.Stream($"task/{i}")).RunAsync(), daemon: true);
        }
    }

    public Simulation Simulation { get; } = new();

    public LinuxKernel Kernel { get; }

    public InlineCryptoHost Host { get; }

    private KeyRing Keys { get; } = new();

    public void Dispose() => Simulation.Dispose();

    private sealed class Thinker : IBioOwner
    {
        private readonly ClosedScene _scene;
        private readonly Duration _think;
        private readonly RandomStream _thoughts;
        private readonly IoEvents _events;
        private readonly Bio _bio;

        public Thinker(ClosedScene scene, Duration think, RandomStream thoughts)
        {
            (_scene, _think, _thoughts) = (scene, think, thoughts);
            _events = new IoEvents(scene.Kernel, Duration.Zero, 0);
            _bio = new Bio(this);
        }

        public string EndIo => "dio_bio_end_aio";

        public void OnBioEnd(Bio bio) => _events.Signal();

        public async Process RunAsync()
        {
            _scene.Kernel.Enter(CpuContext.Process);
            DataSize unit = DataSize.FromKibibytes(4);
            while (true)
            {
                await _scene.Simulation.Delay(_thoughts.Exponential(_think));
                _bio.Begin(0, unit, isWrite: false, 0, _scene.Simulation.Now);
                _bio.Crypt = new BioCryptContext(new BlkCryptoKey(_scene.Keys.Reserve(1), unit), new DataUnitNumber(0));
                await _scene.Host.SubmitAsync(_bio);
                await _events.WaitAsync();
            }
        }
    }
}
