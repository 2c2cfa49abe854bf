using CryptoSim.Models.Crypto;

namespace CryptoSim.Models.Caam;

/// <summary>What the engines and the interrupt of an accelerator tell its driver.</summary>
public interface IJobDriver
{
    /// <summary>Of the device, e.g. <c>jr0</c>.</summary>
    string Name { get; }

    /// <summary>An engine begins a job. Context: hardware.</summary>
    void OnJobStarted(CryptoRequest request)
    {
    }

    /// <summary>An engine has done a job's data, and its interrupt is on the way. Context: hardware.</summary>
    void OnJobProcessed(CryptoRequest request)
    {
    }

    /// <summary>An engine has finished a job, and the interrupt latency is over. Context: hardware.</summary>
    void OnJobDone(CryptoRequest request);

    /// <summary>The tasklet takes a finished job from the output. Context: softirq.</summary>
    void Retire(CryptoRequest request);
}
