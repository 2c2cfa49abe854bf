using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers;

/// <summary>What tells one driver with a crypto_queue from another.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="MaxQlen">Limit of its queue.</param>
/// <param name="HasThread">A kthread runs the queue; otherwise submissions and the tasklet do.</param>
/// <param name="Submit">The function that takes a request.</param>
/// <param name="Run">The function that runs the queue.</param>
/// <param name="Interrupt">The hardirq handler.</param>
[KernelSource("crypto/algapi.c", "crypto_init_queue", Version = "v4.1", Rules = "DM-P5 DM-P9 DM-P10")]
internal sealed record QueueProfile(QueueingDriver Driver, int MaxQlen, bool HasThread, string Submit, string Run, string Interrupt)
{
    public static QueueProfile Of(QueueingDriver driver) => driver switch
    {
        QueueingDriver.Sahara => new(driver, 1, true, "sahara_aes_crypt", "sahara_queue_manage", "sahara_irq_handler"),
        QueueingDriver.OmapAes => new(driver, 1, false, "omap_aes_handle_queue", "omap_aes_handle_queue", "omap_aes_irq"),
        QueueingDriver.AtmelAes => new(driver, 50, false, "atmel_aes_handle_queue", "atmel_aes_handle_queue", "atmel_aes_irq"),
        QueueingDriver.MxsDcp => new(driver, 50, true, "mxs_dcp_aes_enqueue", "dcp_chan_thread_aes", "mxs_dcp_irq"),
        QueueingDriver.ImgHash => new(driver, 20, false, "img_hash_handle_queue", "img_hash_handle_queue", "img_irq_handler"),
        _ => new(driver, 50, true, "mv_handle_req", "queue_manag", "crypto_int"),
    };

    /// <summary>What a submitter of this driver hears in a release.</summary>
    public EnqueueAnswer AnswerIn(KernelVersion version) =>
        Driver == QueueingDriver.MxsDcp && version < KernelVersion.V58 ? EnqueueAnswer.AlwaysInProgress : EnqueueAnswer.AsQueued;

    /// <summary>How its kthread sleeps in a release.</summary>
    public ThreadWait WaitIn(KernelVersion version) =>
        Driver is QueueingDriver.MxsDcp or QueueingDriver.Sahara && version < KernelVersion.V58 ? ThreadWait.MutexAfterState : ThreadWait.StateTestSleep;
}
