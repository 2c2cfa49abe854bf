using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>When a request takes its keyslot, and what becomes of it when every slot is in use: the designs of mail 001 and what Linux merged.</summary>
public enum NoKeyslot
{
    /// <summary>Design A: each bio takes a slot before it becomes a request, and its task sleeps for one.</summary>
    [KernelSource("block/keyslot-manager.c", "blk_crypto_submit_bio, keyslot_manager_get_slot_for_key", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-A1 KS-A5 KS-A6 KS-A7")]
    SleepAtSubmit,

    /// <summary>Design B, merged for 5.8: the request takes a slot once it has its tag, and its task sleeps for one.</summary>
    [KernelSource("block/blk-mq.c", "blk_crypto_rq_get_keyslot", Commit = "a892c8d52c02", Rules = "KS-B1 KS-B2 KS-B3")]
    SleepAtRequest,

    /// <summary>Design C: the slot is taken at dispatch; without one the request goes back on the dispatch list, and its hardware queue stops.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-C1 KS-C2 KS-C4")]
    Requeue,

    /// <summary>Design D: the slot is taken at dispatch; without one that request alone is put aside, and the others go on.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-D1 KS-D2")]
    Park,

    /// <summary>Design E, hypothetical: each bio tries for a slot when it is submitted, and without one the CPU encrypts it. Linux falls back by what the device supports, never because its slots are in use.</summary>
    [KernelSource("block/blk-crypto.c", "__blk_crypto_bio_prep, blk_crypto_fallback_bio_prep", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-E1 KS-E2 KS-E3")]
    Fallback,
}

/// <summary>Whom a slot that becomes idle wakes under <see cref="NoKeyslot.Requeue"/>, besides the restart of a hardware queue whose own request ends and the delay of 3 ms.</summary>
public enum WakeHook
{
    /// <summary>Nobody.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_delay_run_hw_queue", Version = "v6.18", Rules = "KS-C3 KS-38")]
    None,

    /// <summary>The hardware queue on which the slot became idle, if it waits for one.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_run_hw_queue", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-C3")]
    SameHctx,

    /// <summary>Every hardware queue that waits for one.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_run_hw_queues", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-C3")]
    AllHctxs,
}

/// <summary>What is made of a hardware queue that waits for a keyslot under <see cref="NoKeyslot.Requeue"/>, when one has become idle and nothing but the delay of 3 ms runs it.</summary>
public enum KeyslotStall
{
    /// <summary>It is counted, as <c>keyslot.stalls</c>.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_delay_run_hw_queue", Version = "v6.18", Rules = "KS-C3 KS-38")]
    Count,

    /// <summary>The run ends with it: for a schedule that shows it, or a proof that there is none.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_delay_run_hw_queue", Version = "v6.18", Rules = "KS-C3 KS-38")]
    Report,
}

/// <summary>Whether a host may be programmed where nothing may sleep.</summary>
public enum KeyProgramming
{
    /// <summary>By registers: in any context.</summary>
    [KernelSource("drivers/ufs/core/ufshcd-crypto.c", "ufshcd_program_key", Version = "v6.18", Rules = "KS-46")]
    Atomic,

    /// <summary>By a call that allocates with GFP_KERNEL and takes a mutex.</summary>
    [KernelSource("drivers/firmware/qcom/qcom_scm.c", "qcom_scm_ice_set_key", Version = "v6.18", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-50")]
    Sleeping,
}
