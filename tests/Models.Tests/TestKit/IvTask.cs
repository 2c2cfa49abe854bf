using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A user of one operation socket who keeps IOCBs of given lengths in flight, tries again what is refused, and keeps what comes out by the place of its plaintext.</summary>
internal sealed class IvTask : IIocbOwner
{
    private readonly OperationSocket _socket;
    private readonly int[] _blocks;   // of each IOCB
    private readonly int _iodepth;
    private readonly Gate _gate;
    private int _inFlight;

    public IvTask(LinuxKernel kernel, OperationSocket socket, IvValue iv, int[] blocks, int iodepth)
    {
        (_socket, _blocks, _iodepth, _gate) = (socket, blocks, iodepth, new Gate(kernel.Simulation));
        Output = new byte[blocks.Sum() * Skcipher.BlockSize];
        kernel.Simulation.Spawn(socket.Name, RunAsync(kernel, iv));
    }

    public byte[] Output { get; }

    /// <summary>IOCBs that ended, by their place.</summary>
    public List<(long Position, long Length, Errno Status)> Ended { get; } = [];

    /// <summary>Reads that were made while another areq of the socket was there.</summary>
    public int Overlaps { get; private set; }

    /// <summary>Of them, those answered EBUSY.</summary>
    public int Refused { get; private set; }

    public Span<byte> OutputOf(Areq areq) => Output.AsSpan((int)areq.Position, (int)areq.Length.Bytes);

    public void OnStaleIv(Areq areq)
    {
    }

    public void OnIocbDone(Areq areq)
    {
        End(areq);
        _gate.Open();
    }

    private async Process RunAsync(LinuxKernel kernel, IvValue iv)
    {
        kernel.Enter(CpuContext.Process);
        await kernel.Simulation.Delay(Scene.Us);
        long sent = 0;
        for (int next = 0; next < _blocks.Length;)
        {
            if (_inFlight >= _iodepth)
            {
                await _gate.WaitAsync();
                continue;
            }

            long length = _blocks[next] * Skcipher.BlockSize;
            long position = _blocks.Take(next).Sum() * (long)Skcipher.BlockSize;
            if (sent <= position)
            {
                SendMessage message = new(length, More: true) { Position = position };
                Assert.Equal(length, (await _socket.SendAsync(next == 0 && sent == 0 ? message with { Op = AlgOp.Encrypt, Iv = iv } : message)).Bytes);
                sent = position + length;
            }

            _inFlight++;
            int before = _socket.Memory.Areqs;
            ReadAnswer answer = await _socket.ReadAsync(length, this);
            Overlaps += before > 0 ? 1 : 0;
            if (answer.Bytes > 0)
            {
                next++;
                if (!answer.IsQueued)
                {
                    End(answer.Areq!);
                }

                continue;
            }

            _inFlight--;
            Refused++;
            if (answer.Areq is { } lost)
            {
                sent = position;   // the driver's refusal took the data along
                _socket.Free(lost);
            }

            await (_inFlight > 0 ? _gate.WaitAsync() : kernel.Simulation.Delay(Scene.Us));
        }
    }

    private void End(Areq areq)
    {
        _inFlight--;
        Ended.Add((areq.Position, areq.Length.Bytes, areq.Status));
        _socket.Free(areq);
    }

    private sealed class Gate(Simulation simulation) : Waitable(simulation, "gate", "io_getevents")
    {
        private bool _isOpen;

        public void Open()
        {
            if (WakeFirst() == default)
            {
                _isOpen = true;
            }
        }

        public Suspension WaitAsync()
        {
            if (_isOpen)
            {
                _isOpen = false;
                return Ready;
            }

            return Block(0);
        }
    }
}
