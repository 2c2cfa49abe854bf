using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Kernel;

/// <summary>Whether a piece of kernel memory may be used: symbolic memory, no bytes, watched as KASAN does.</summary>
/// <remarks>
/// <code>
///   Allocate ──► allocated ──Free──► freed ──Allocate──► ...      Touch or Free of freed memory: the run ends as a fault
/// </code>
/// A field of the object whose memory it is. Where a policy frees too early, keep the object out of its
/// <see cref="FreeList{T}"/>, as KASAN keeps freed memory in quarantine: an object in its next life looks allocated.
/// </remarks>
[KernelSource("mm/kasan/report.c", "kasan_report, kasan_report_invalid_free", Version = "v6.18", Rules = "DM-K5 DM-C9")]
public struct ObjectLifetime
{
    private bool _isFreed;
    [NotState]
    private string? _freedIn;   // function that freed it last; for people

    /// <summary>Begins a life, as <c>kmalloc</c>. Context: any; who may sleep in it asks <see cref="LinuxKernel.MaySleep"/> before.</summary>
    public void Allocate() => _isFreed = false;

    /// <summary>Ends the life, as <c>kfree</c>.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="function">The kernel function that frees it.</param>
    /// <param name="type">What it is.</param>
    /// <param name="owner">Whose it is, for people.</param>
    /// <returns>False, with the run ended, if it was freed before.</returns>
    public bool Free(LinuxKernel kernel, string function, KernelType type, IHolder owner)
    {
        if (_isFreed)
        {
            Report(kernel, "double-free", function, type, owner);
            return false;
        }

        (_isFreed, _freedIn) = (true, function);
        return true;
    }

    /// <summary>Reads or writes it.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="function">The kernel function that does.</param>
    /// <param name="type">What it is.</param>
    /// <param name="owner">Whose it is, for people.</param>
    /// <returns>False, with the run ended, if it is freed.</returns>
    public readonly bool Touch(LinuxKernel kernel, string function, KernelType type, IHolder owner)
    {
        if (_isFreed)
        {
            Report(kernel, "use-after-free", function, type, owner);
        }

        return !_isFreed;
    }

    private readonly void Report(LinuxKernel kernel, string bug, string function, KernelType type, IHolder owner)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(owner);
        string what = $"{type.Name} of {owner.Label} was freed in {_freedIn}";
        kernel.Tracer?.Emit(TraceKind.Fault, function, subject: owner.Label, detail: $"BUG: KASAN: {bug}: {what}");
        kernel.Simulation.Fail(type.Rule, $"BUG: KASAN: {bug} in {function}: {what}");
    }
}

/// <summary>A type of kernel memory, and the rule that is broken by who uses it after it was freed.</summary>
/// <param name="Name">As the kernel calls it, e.g. <c>skcipher_edesc</c>.</param>
/// <param name="Rule">Id of the duty, e.g. <c>DM-J16</c>; <c>DM-K5</c> where no closer one is known.</param>
public readonly record struct KernelType(string Name, string Rule);
