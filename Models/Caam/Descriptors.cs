using System.Globalization;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Caam;

/// <summary>The descriptors of a ring's requests: allocated and mapped before a request is handed on, freed when it is done or refused.</summary>
/// <remarks>
/// <code>
///   TryBuild ──► engine's queue, ring ──► TryFinish ──► callback
///      └ no bounce buffer: ENOMEM    └ refused: Free
/// </code>
/// No time passes. Not modelled: the S/G tables and the descriptor's commands; memory that kmalloc does not find.
/// </remarks>
[KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_edesc_alloc, skcipher_unmap, skcipher_crypt_done", Version = "v6.18", Rules = "DM-J7 DM-J16 DM-J20")]
internal sealed class Descriptors
{
    private readonly LinuxKernel _kernel;
    private readonly JobRingOptions _options;
    private readonly CaamErrors _errors;
    private readonly Swiotlb? _swiotlb;        // null: devices reach all memory
    private readonly FaultyRequests? _faulty;  // null: none fails

    public Descriptors(LinuxKernel kernel, JobRingOptions options, CaamErrors errors)
    {
        (_kernel, _options, _errors) = (kernel, options, errors);
        _swiotlb = options.Swiotlb is { } slots ? new Swiotlb(slots) : null;
        _faulty = options.Fails is { } fails ? new FaultyRequests(fails) : null;
    }

    /// <summary>Bounce buffers; null where none are needed.</summary>
    public Swiotlb? Swiotlb => _swiotlb;

    /// <summary>Allocates and maps, as <c>skcipher_edesc_alloc</c>. Context: any, unless GFP_KERNEL is chosen.</summary>
    /// <returns>False if it cannot: ENOMEM.</returns>
    public bool TryBuild(CryptoRequest request)
    {
        bool maySleep = request.MaySleep || (request.MayBacklog && _options.EdescGfp == EdescGfp.MayBacklog);
        if ((maySleep && !_kernel.MaySleep("kmalloc(GFP_KERNEL) of skcipher_edesc_alloc")) || !TryMap(request))
        {
            return false;
        }

        request.Edesc = default;
        request.Edesc.Memory.Allocate();
        if (_faulty?.IsNext() == true)
        {
            request.Edesc.FailsToMap = _options.Fails!.At == FailsAt.Enqueue;
            request.Edesc.FailsInHardware = !request.Edesc.FailsToMap;
        }

        return true;
    }

    private bool TryMap(CryptoRequest request)
    {
        if (_swiotlb?.TryMap(request.Length) != false)
        {
            return true;
        }

        _errors.Note(CaamError.BounceBuffersFull);
        _kernel.Tracer?.Emit(TraceKind.Fault, "skcipher_edesc_alloc", subject: request.Label, result: nameof(Errno.ENOMEM), detail: string.Create(
            CultureInfo.InvariantCulture,
            $"unable to map source: swiotlb buffer is full (sz: {request.Length.Bytes} bytes), total {_swiotlb.Slots} (slots), used {_swiotlb.Used} (slots)"));
        return false;
    }

    /// <summary>Unmaps and frees the descriptor.</summary>
    /// <param name="request">Whose it is.</param>
    /// <param name="function">The function that frees it.</param>
    /// <returns>False, with the run ended, if it is freed already.</returns>
    public bool Free(CryptoRequest request, string function)
    {
        _swiotlb?.Unmap(request.Length);
        return request.Edesc.Memory.Free(_kernel, function, Edesc.Type, request);
    }

    /// <summary>Uses the descriptor.</summary>
    /// <returns>False, with the run ended, if it is freed.</returns>
    public bool Touch(CryptoRequest request, string function) => request.Edesc.Memory.Touch(_kernel, function, Edesc.Type, request);

    /// <summary>The ring did not take a request of the crypto_engine.</summary>
    /// <param name="request">The request.</param>
    /// <param name="comesBack">The engine will bring it again.</param>
    public void OnRefused(CryptoRequest request, bool comesBack)
    {
        if (!comesBack || _options.EdescOnEnospc == EdescOnEnospc.Freed)
        {
            Free(request, "skcipher_do_one_req");
        }
    }

    /// <summary>Frees the descriptor of a finished request, as <c>skcipher_crypt_done</c> before it calls back. Context: softirq.</summary>
    /// <returns>False if the run has ended by it.</returns>
    public bool TryFinish(CryptoRequest request) =>
        Free(request, "skcipher_crypt_done")
        && (_options.EdescAtDone == EdescAtDone.FlagReadBeforeFree || Touch(request, "skcipher_crypt_done"));
}
