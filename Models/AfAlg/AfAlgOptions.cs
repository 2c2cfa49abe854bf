using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>A user of AF_ALG that keeps so many IOCBs in flight on an operation socket: sends the data of each, submits it by io_submit and takes the events by io_getevents.</summary>
[Model("af-alg")]
[KernelSource("crypto/algif_skcipher.c", "skcipher_sendmsg, skcipher_recvmsg", Version = "v4.14", Rules = "AA-1 AA-11 AA-13")]
public sealed record AfAlgOptions : WorkloadOptions
{
    /// <summary>The crypto device that the bound socket's tfm is of.</summary>
    [NamesPart(typeof(CryptoDeviceOptions))]
    public required string Engine { get; init; }

    /// <summary>ALG_SET_OP.</summary>
    [DefaultFrom("the mail's command encrypts")]
    public AlgOp Op { get; init; } = AlgOp.Encrypt;

    /// <summary>cbc(aes) or ctr(aes).</summary>
    [DefaultFrom("the mail's cbc(aes)")]
    public BlockMode Mode { get; init; } = BlockMode.Cbc;

    /// <summary>ALG_SET_KEY, in hexadecimal digits: 16, 24 or 32 bytes.</summary>
    [DefaultFrom("the key of mail 004's command")]
    public string Key { get; init; } = "8d7dd9b0170ce0b5f2f8e1aa768e01e91da8bfc67fd486d081b28254c99eb423";

    /// <summary>ALG_SET_IV, in 32 hexadecimal digits.</summary>
    [DefaultFrom("the IV of mail 004's command")]
    public string Iv { get; init; } = "7fbc02ebf5b93322329df9bfccb635af";

    /// <summary>What is sent, in hexadecimal digits, again and again; blocks that all differ if left out.</summary>
    public string? Data { get; init; }

    /// <summary>Data of one IOCB.</summary>
    [DefaultFrom("the size of mail 004's figures, 8 KiB")]
    public DataSize Bs { get; init; } = DataSize.FromKibibytes(8);

    /// <summary>IOCBs of one socket in flight.</summary>
    [Range(1, 65536)]
    [DefaultFrom("fio's default")]
    public int Iodepth { get; init; } = 1;

    /// <summary>IOCBs of one io_submit; their data come with one sendmsg before it.</summary>
    [Range(1, 65536)]
    [DefaultFrom("fio's default")]
    public int IodepthBatch { get; init; } = 1;

    /// <summary>IOCBs of each socket; more where reads are shorter than bs.</summary>
    [Range(1, int.MaxValue)]
    [DefaultFrom("the command of mail 004 has two")]
    public int NumberIos { get; init; } = 2;

    /// <summary>Operation sockets, by accept() on one bound socket; a task for each.</summary>
    [Range(1, 4096)]
    [DefaultFrom("the least")]
    public int Sockets { get; init; } = 1;

    /// <summary>Tasks on each operation socket. They share its stream and queue for its lock.</summary>
    [Range(1, 4096)]
    [DefaultFrom("fio's default")]
    public int Numjobs { get; init; } = 1;

    /// <summary>Whose tfm the operation sockets use.</summary>
    [DefaultFrom("kcapi_handle_reinit() of libkcapi: accept() once more on the same TFM socket")]
    public Bind Bind { get; init; } = Bind.Once;

    /// <summary>Which IV each IOCB in flight gets, and who waits: by release, or a proposal.</summary>
    [ByKernel]
    [DefaultFrom("kernel: no-aio before 4.1, snapshot up to 4.13, none up to 6.7, one-in-flight since 6.8")]
    public Serialize? Serialize { get; init; }

    /// <summary>What a sendmsg is answered while another one on the socket sleeps for room.</summary>
    [ByKernel]
    [DefaultFrom("kernel: interleave, busy since 6.18 (a fix of September 2025)")]
    public ConcurrentWrite? ConcurrentWrite { get; init; }

    /// <summary>What an operation socket's ctx begins with.</summary>
    [DefaultFrom("mainline clears it")]
    public NewContext NewContext { get; init; } = NewContext.Zeroed;

    /// <summary>Which sendmsg brings an IV.</summary>
    [DefaultFrom("one stream for each socket")]
    public SetIv SetIv { get; init; } = SetIv.Once;

    /// <summary>Another task that sends ALG_SET_IV to each operation socket; none if left out.</summary>
    [DefaultFrom("the least")]
    public IvSetterOptions? IvSetter { get; init; }

    /// <summary>sk_sndbuf: a writer sleeps while less than a page of it is left; rounded down to pages, one at least.</summary>
    [DefaultFrom("recalled: net.core.wmem_default, 212992 on 64 bit")]
    public DataSize Sndbuf { get; init; } = new(212_992);

    /// <summary>sk_rcvbuf: a read pins no more pages while less than a page of it is left; rounded likewise.</summary>
    [DefaultFrom("recalled: net.core.rmem_default, 212992 on 64 bit")]
    public DataSize Rcvbuf { get; init; } = new(212_992);

    /// <summary>net.core.optmem_max: a socket whose requests would come to so much is answered ENOMEM.</summary>
    [ByKernel]
    [DefaultFrom("kernel: 20KiB, 128KiB since 6.8 (recalled)")]
    public DataSize? OptmemMax { get; init; }

    /// <summary>What a socket is charged for a request: struct af_alg_async_req and the tfm's reqsize. Lists of pages come on top.</summary>
    [DefaultFrom("assumed: 848 bytes on 64 bit, counted from the struct, and a reqsize of 80")]
    public DataSize AreqSize { get; init; } = new(928);

    /// <summary>What the user does with an IOCB that is refused: EBUSY, ENOMEM, by the driver, or for want of room in the receive buffer.</summary>
    [DefaultFrom("what libkcapi does: the call has failed")]
    public OnRefused OnEbusy { get; init; } = OnRefused.Fail;

    /// <summary>Its output is to be that of one call over all the data; otherwise nobody compares.</summary>
    [DefaultFrom("what CBC on a stream means")]
    public bool Chained { get; init; } = true;

    /// <summary>Whether bytes are encrypted or names for them.</summary>
    [DefaultFrom("real up to 1 MiB of all data, symbolic beyond")]
    public Content? Content { get; init; }

    /// <summary>What becomes of a run in which a driver has read another IV than the chain has.</summary>
    [DefaultFrom("the user sees it in what came out")]
    public StaleIv StaleIv { get; init; } = StaleIv.CompareOutput;

    /// <summary>CPU time of the work on the socket for one IOCB: system calls, areq, pages.</summary>
    [DefaultFrom("assumed: 2us; the mail names it and gives no figure")]
    public Duration SocketWork { get; init; } = Duration.FromMicroseconds(2);

    /// <summary>From a callback until the task that sleeps for it runs.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);

    /// <summary>CPU time of io_submit from one IOCB to the next; part of the work on the socket where it is no step of its own.</summary>
    internal Duration SubmitCost { get; init; } = Duration.Zero;

    internal override Duration? RunsFor => null;

    /// <summary>What a release does, unless it is said.</summary>
    internal Serialize SerializeIn(KernelVersion version) => Serialize ?? version switch
    {
        < KernelVersion.V41Rc1 => AfAlg.Serialize.NoAio,
        < KernelVersion.V58 => AfAlg.Serialize.Snapshot,
        < KernelVersion.V69 => AfAlg.Serialize.None,
        _ => AfAlg.Serialize.OneInFlight,
    };

    /// <summary>What a release does, unless it is said.</summary>
    internal ConcurrentWrite ConcurrentWriteIn(KernelVersion version) =>
        ConcurrentWrite ?? (version < KernelVersion.V618 ? AfAlg.ConcurrentWrite.Interleave : AfAlg.ConcurrentWrite.Busy);

    /// <summary>What a release has, unless it is said.</summary>
    internal DataSize OptmemMaxIn(KernelVersion version) => OptmemMax ?? DataSize.FromKibibytes(version < KernelVersion.V69 ? 20 : 128);

    /// <summary>Data of one operation socket [B].</summary>
    internal long StreamBytes => NumberIos * Bs.Bytes;

    /// <summary>Real or symbolic, after defaults.</summary>
    internal bool IsReal => (Content ?? ((long)NumberIos * Sockets * Bs.Bytes <= 1 << 20 ? AfAlg.Content.Real : AfAlg.Content.Symbolic)) == AfAlg.Content.Real;

    /// <summary>Under inline-iv every IOCB brings the same IV along.</summary>
    internal bool HasOneInlineIv { get; init; }

    /// <summary>The IV that an IOCB brings along under inline-iv.</summary>
    internal IvValue InlineIvOf(long index)
    {
        IvValue first = IvValue.Parse(Iv);
        return index == 0 || HasOneInlineIv ? first : new IvValue(Mixer.Mix(first.High ^ (ulong)index), Mixer.Mix(first.Low ^ (ulong)index));
    }

    /// <summary>The bound socket's tfm.</summary>
    internal Skcipher CreateCipher()
    {
        Payload payload = Data is null ? new Payload() : new Payload(Convert.FromHexString(Data));
        return IsReal ? new AesSkcipher(Mode, Convert.FromHexString(Key), payload) : new SymbolicSkcipher(Mode, payload);
    }
}

/// <summary>ALG_SET_OP.</summary>
public enum AlgOp
{
    /// <summary>ALG_OP_ENCRYPT.</summary>
    [KernelSource("include/uapi/linux/if_alg.h", "ALG_OP_ENCRYPT", Version = "v4.14", Rules = "AA-1")]
    Encrypt,

    /// <summary>ALG_OP_DECRYPT.</summary>
    [KernelSource("include/uapi/linux/if_alg.h", "ALG_OP_DECRYPT", Version = "v4.14", Rules = "AA-1")]
    Decrypt,
}

/// <summary>Whose tfm operation sockets use.</summary>
public enum Bind
{
    /// <summary>One TFM socket, and its tfm is shared by all that accept() on it makes.</summary>
    [KernelSource("crypto/af_alg.c", "alg_bind, af_alg_accept", Version = "v4.14", Mail = "004_6baa3db2e19eea6a", Rules = "AA-M6")]
    Once,

    /// <summary>A TFM socket for each operation socket, so that a driver that looks at the tfm tells them apart.</summary>
    [KernelSource("crypto/af_alg.c", "alg_bind", Version = "v4.14", Mail = "004_6baa3db2e19eea6a", Rules = "AA-P4")]
    ForEachSocket,
}

/// <summary>Whether bytes are encrypted.</summary>
public enum Content
{
    /// <summary>Bytes, by AES.</summary>
    [KernelSource("crypto/cbc.c", "crypto_cbc_encrypt", Version = "v4.14", Rules = "AA-17")]
    Real,

    /// <summary>Names for them, equal exactly where the bytes would be.</summary>
    [KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Version = "v4.14", Rules = "AA-15")]
    Symbolic,
}

/// <summary>What a user does with an IOCB that is refused.</summary>
public enum OnRefused
{
    /// <summary>Takes the call for failed.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_alloc_areq", Commit = "67b164a871af", Rules = "AA-V3")]
    Fail,

    /// <summary>Waits for an event, and submits it again; sends its data again if a driver had refused it.</summary>
    [KernelSource("fs/aio.c", "io_getevents", Version = "v4.14", Rules = "AA-M5")]
    Retry,
}

/// <summary>What becomes of a run in which a request starts from another IV than the chain has.</summary>
public enum StaleIv
{
    /// <summary>It goes on, and ends as corruption because the output is not that of one call.</summary>
    [KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Version = "v4.14", Rules = "AA-16 AA-C1")]
    CompareOutput,

    /// <summary>It ends with the read of the IV.</summary>
    [KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Version = "v4.14", Rules = "AA-16")]
    ReportAtOnce,
}
