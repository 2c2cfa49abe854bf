using CryptoSim.Models.Block;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>Who works on an io, for the blocked graph, and what is counted of it: nothing is decided by it.</summary>
public sealed partial class DmCryptIo
{
    [NotState]
    private Process _worker;                 // who runs the conversion, none before and after
    [NotState]
    private DmCryptIo? _nextPart;            // parts of the same bio that are not finished, newest first
    [NotState]
    private DmCryptIo? _previousPart;
    [NotState]
    private bool _isConverting;              // on its way to conversion and not yet converted
    [NotState]
    private VirtualTime _conversionBegan;

    [NotState]
    private int _hops;                       // times it was handed on to a queue that another thread or a driver empties
    [NotState]
    private bool _isInCryptoQueue;           // that of the crypto API among them

    /// <summary>It goes to a queue: kcryptd_io, kcryptd or dmcrypt_write.</summary>
    internal void CountHop() => _hops++;

    /// <summary>One of its requests stands in a queue of the crypto API or its driver; all of them together are one hop.</summary>
    internal void CountCryptoHop()
    {
        _hops += _isInCryptoQueue ? 0 : 1;
        _isInCryptoQueue = true;
    }

    private void ForgetHops() => (_hops, _isInCryptoQueue) = (0, false);

    /// <summary>A worker converts it, the crypto provider holds its last requests, the writer or the device below has its clone; then the other parts of the bio.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_nextPart is not null)
        {
            owners.Add(_nextPart);
        }

        if (_target.Settings.HasFragments && !_worker.Exists && IsWrite)
        {
            FragmentOwners(owners);
        }
        else if (_worker.Exists)
        {
            owners.Add(_worker);
        }
        else if (_isConverting)
        {
            _target.ConvertingOwners(owners, inProvider: !IsPending);
        }
        else
        {
            owners.Add(Clone);
            _target.Writer.Owners(owners);
        }
    }

    private void BeginConverting() => _worker = _target.Kernel.Simulation.CurrentProcess;

    private void EndConverting() => _worker = default;

    private void JoinParts(Bio bio)
    {
        (_previousPart, _nextPart) = (null, bio.HeldBy as DmCryptIo);
        if (_nextPart is not null)
        {
            _nextPart._previousPart = this;
        }

        bio.HeldBy = this;
    }

    private void LeaveParts(Bio bio)
    {
        if (_nextPart is not null)
        {
            _nextPart._previousPart = _previousPart;
        }

        if (_previousPart is not null)
        {
            _previousPart._nextPart = _nextPart;
        }
        else
        {
            bio.HeldBy = _nextPart;
        }

        (_previousPart, _nextPart) = (null, null);
    }
}
