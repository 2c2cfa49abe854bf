using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Caam;

/// <summary>Why a request ended with an error for the first time. An object of its own, so that work without errors changes nothing that is shared.</summary>
[KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_edesc_alloc, skcipher_crypt_done", Version = "v6.18", Rules = "DM-E3 DM-J6 DM-J20")]
internal sealed class CaamErrors
{
    private CaamError _first;

    /// <summary>Remembers the first.</summary>
    public void Note(CaamError error) => _first = _first == CaamError.None ? error : _first;

    /// <summary>The broken rule, null where none is, and the message of the kernel; null if there was no error.</summary>
    public (string? Rule, string What)? First => _first switch
    {
        CaamError.None => null,
        CaamError.FullTakenForError => ("DM-E3", "Failed to do one request from queue: -28"),
        CaamError.EngineFinalized => (null, "Failed to do one request from queue: -5"),
        CaamError.BounceBuffersFull => ("DM-J20", "swiotlb buffer is full: unable to map source"),
        CaamError.NotMapped => (null, "caam_jr_enqueue(): can't map jobdesc"),
        _ => (null, "a job ended with an error status of the DECO"),
    };
}

/// <summary>A way in which a request can end with an error.</summary>
internal enum CaamError : byte
{
    None,
    FullTakenForError,
    EngineFinalized,
    BounceBuffersFull,
    NotMapped,
    JobStatus,
}
