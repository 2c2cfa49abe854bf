using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <content>A request from its submission to its end.</content>
internal partial class OperationSocket
{
    /// <summary>crypto_skcipher_encrypt() or _decrypt(), under the mutex where there is one.</summary>
    private async Operation<ReadAnswer> CryptAsync(Areq areq)
    {
        if (_mutex is not null)
        {
            await TakeMutexAsync(areq);
        }

        long bytes = areq.Length.Bytes;
        if (areq.IsAsync)
        {
            Memory.Hold();
        }

        SubmitResult result = await SubmitAsync(areq);
        if (result.Accepted && (areq.MayBacklog || result.Status == SubmitStatus.InProgress))
        {
            return areq.IsAsync ? new ReadAnswer(areq, Errno.EINPROGRESS) { Bytes = bytes } : await WaitAsync(areq);
        }

        if (result.Status == SubmitStatus.Done)
        {
            await Kernel.Cpus.SpendAsync(-1, result.CpuTime, result.UsesSimd);
        }

        areq.EndAtOnce(result.Status == SubmitStatus.Done ? Errno.Success : result.Errno);
        return EndAtOnce(areq);
    }

    /// <summary>A cipher of blocks refuses what is no multiple of them; else to the driver.</summary>
    private Operation<SubmitResult> SubmitAsync(Areq areq) =>
        Cipher.Takes(areq.Length.Bytes) ? _provider.SubmitAsync(areq) : new Operation<SubmitResult>(SubmitResult.Error(Errno.EINVAL));

    private async Operation TakeMutexAsync(Areq areq)
    {
        bool waits = _mutex!.IsLocked;
        if (waits)
        {
            areq.BeginMutexWait();
        }

        await _mutex.LockAsync();
        if (waits)
        {
            Meter.MutexWaits.Record(Kernel.Simulation.Now - areq.MutexAskedAt);
        }

        _holder = areq;
    }

    private async Operation<ReadAnswer> WaitAsync(Areq areq)
    {
        Kernel.Tracer?.Emit(TraceKind.Wait, "crypto_wait_req", Name, areq.Label);
        _awaited = areq;
        await _wait.WaitAsync();
        _wait.Reinitialize();
        _awaited = null;
        return Answer(areq);
    }

    /// <summary>It was done, or refused, in the call: there is no callback. Data of a request that was refused are gone with it.</summary>
    private ReadAnswer EndAtOnce(Areq areq)
    {
        if (areq.IsAsync)
        {
            Memory.Put();
        }

        EndCrypt(areq);
        Meter.Refused += areq.Status == Errno.Success ? 0 : 1;
        return Answer(areq);
    }

    private static ReadAnswer Answer(Areq areq) => new(areq, areq.Status) { Bytes = areq.Status == Errno.Success ? areq.Length.Bytes : 0 };

    /// <summary>af_alg_async_cb(), or crypto_req_done() for a read that is waited for. Context: the driver's, mostly softirq.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_async_cb", Version = "v4.14", Rules = "AA-12")]
    public void OnCallback(Areq areq)
    {
        EndCrypt(areq);
        if (areq.IsAsync)
        {
            Memory.Put();
            areq.Reader.OnIocbDone(areq);
        }
        else
        {
            _wait.Complete();
        }
    }

    /// <summary>Its own copy of the IV goes back where that is done, its memory is freed, and the mutex is the next one's.</summary>
    private void EndCrypt(Areq areq)
    {
        if (_serialize == Serialize.SnapshotOneInFlight && areq.Status == Errno.Success)
        {
            Iv.CopyFrom(areq.Own);   // assumed: in the callback, whatever was set meanwhile
        }

        Release(areq);
        if (_mutex is not null)
        {
            _holder = null;
            _mutex.Unlock();
        }
    }

    /// <summary>af_alg_free_resources().</summary>
    private void Release(Areq areq)
    {
        Memory.Free(areq);
        _isInflight = false;
    }

    /// <summary>Its user is done with the result.</summary>
    public void Free(Areq areq) => (areq.IsAsync ? _asyncs : _syncs).Put(areq);
}
