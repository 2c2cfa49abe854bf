using System.Runtime.CompilerServices;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary><c>cc->writeq</c>: where a converter waited until the fragment before had been encrypted, one queue for the device (DM-S2).</summary>
/// <remarks>
/// <code>
///   kcryptd: WaitAsync(ctx) ──► asleep until somebody wakes the queue and ctx->pending is 0   ◄── WakeUp: kcryptd_io has submitted a clone
/// </code>
/// Assumed, since the source before the fix was not at hand: the queue is woken when kcryptd_io has submitted a clone or a
/// fragment has failed. A wake-up for one io wakes the converters of all. Time passes in the wake-up.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_convert", Mail = "003_b607b29a8b8f132c", Rules = "DM-S2")]
internal sealed class WriteWait(LinuxKernel kernel, Duration wakeup) : Waitable(kernel.Simulation, "cc->writeq", "kcryptd_crypt_write_convert")
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly Duration _wakeup = wakeup;

    /// <summary>Waits until no request of the context counts any more, as <c>wait_event(cc->writeq, !pending)</c>. Context: process.</summary>
    public async Operation WaitAsync(ConvertContext context)
    {
        await _kernel.Simulation.Delay(Duration.Zero);   // another CPU may run between the converter's own decrement and this test
        while (context.IsPending && _kernel.MaySleep("wait_event"))
        {
            await SleepAsync();
        }
    }

    /// <summary>Wakes all, as <c>wake_up(&amp;cc->writeq)</c>. Context: any.</summary>
    public void WakeUp()
    {
        while (HasWaiters)
        {
            _ = WakeFirstAfter(_wakeup);
        }
    }

    private Suspension SleepAsync([CallerLineNumber] int line = 0) => Block(line);
}
