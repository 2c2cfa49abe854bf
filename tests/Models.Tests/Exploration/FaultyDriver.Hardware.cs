using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Exploration;

/// <content>The engines, the interrupt and what runs behind it.</content>
internal sealed partial class FaultyDriver
{
    /// <summary>Fetches a job, processes it, writes the output ring, raises the line.</summary>
    private async Process Engine()
    {
        _kernel.Enter(CpuContext.Hardware);
        while (true)
        {
            int entry = await _input.GetAsync();
            if (_fault == Fault.CompletesBeforeProcessing)
            {
                Output(entry);
            }

            await _kernel.Simulation.Delay(Service);
            if (_ring[entry] is { } request)
            {
                request.Encrypt(_fault == Fault.SharesIvRegister ? _ivRegister : request.Iv);
            }

            if (_fault == Fault.RaisesBeforeOutput)
            {
                _line.Raise();
                await ShortWhile();
                _output.Enqueue(entry);
            }
            else if (_fault != Fault.CompletesBeforeProcessing)
            {
                Output(entry);
            }
        }
    }

    private void Output(int entry)
    {
        _output.Enqueue(entry);
        _line.Raise();
    }

    /// <summary>Masks, retires what is done, and unmasks a moment after it found nothing more.</summary>
    private async Process Tasklet()
    {
        while (true)
        {
            await _line.WaitAsync();
            _kernel.Enter(CpuContext.Hardirq);
            _line.Mask();
            await ShortWhile();
            _kernel.Enter(CpuContext.Softirq);
            while (_output.TryPeek(out int entry))
            {
                if (_ring[entry] is { } request)
                {
                    await RetireAsync(entry, request);
                }
                else
                {
                    _output.Dequeue();
                }

                if (_fault == Fault.RetiresOneForEachInterrupt)
                {
                    break;
                }
            }

            await ShortWhile();
            _line.Unmask(level: _output.Count > 0 && _fault is not (Fault.LineTakenForEdge or Fault.RetiresOneForEachInterrupt));
        }
    }

    private async Operation RetireAsync(int entry, CryptoRequest request)
    {
        Free(entry);
        if (_fault is Fault.UnlocksEarly or Fault.LetsNewRequestsOvertake)
        {
            await ShortWhile();
        }

        if (_fault == Fault.SleepsInTasklet && _backlog.Count > 0)
        {
            await _lock.WaitAsync();
        }

        if (_fault == Fault.NotifiesBeforeDispatch && _backlog.Count > 0)
        {
            await NotifyThenDispatchAsync(TakeFromBacklog());
        }
        else if (_fault == Fault.UnlocksEarly && _backlog.Count > 0)
        {
            Promote(request);
        }
        else if (_fault != Fault.DrainedBySubmissionOnly)
        {
            FillFromBacklog(request);
        }

        CallBack(request);
        if (_fault == Fault.TouchesAfterFinal)
        {
            await ShortWhile();
            request.Complete(Errno.EINPROGRESS);
        }
    }

    private void Free(int entry)
    {
        _ring[entry] = _fault == Fault.LeaksEntry && _backlog.Count == 0 ? _ring[entry] : null;
        if (_fault != Fault.ReadsStaleOutput || _backlog.Count == 0)
        {
            _output.Dequeue();
        }
    }

    private async Operation NotifyThenDispatchAsync(CryptoRequest request)
    {
        request.Complete(Errno.EINPROGRESS);
        await ShortWhile();
        if (HasRoom)
        {
            Dispatch(request);
        }
        else
        {
            _backlog.Insert(0, request);
        }
    }

    private void CallBack(CryptoRequest request)
    {
        bool isLast = _output.Count == 0;
        if (_fault == Fault.NotifiesAll)
        {
            request.Complete(Errno.EINPROGRESS);
        }

        if (_fault != Fault.LosesCompletion || isLast)
        {
            request.Complete(_toFail.Remove(request) ? Errno.EIO : Errno.Success);
        }

        if (_fault == Fault.CompletesTwice && !isLast)
        {
            request.Complete(Errno.Success);
        }
    }

    /// <summary>The driver's work item, for the faults that leave something to it.</summary>
    private async Process Work()
    {
        _kernel.Enter(CpuContext.Process);
        while (true)
        {
            CryptoRequest request = await _work.GetAsync();
            if (_fault == Fault.AppendsOutsideLock)
            {
                _backlog.Add(request);
            }
            else
            {
                request.Complete(Errno.EINPROGRESS);
            }
        }
    }

    private Suspension ShortWhile() => _kernel.Simulation.Delay(ShortTime);
}
