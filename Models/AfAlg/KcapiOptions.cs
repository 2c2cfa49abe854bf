using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>The program kcapi of libkcapi: as its command line says, data are encrypted or decrypted through AF_ALG once, and the result is a line of hexadecimal digits. Left as it is, it is the command of mail 004.</summary>
[Model("kcapi")]
[KernelSource("crypto/algif_skcipher.c", "skcipher_sendmsg, skcipher_recvmsg", Version = "v4.14", Mail = "004_6baa3db2e19eea6a", Rules = "AA-1 AA-11 AA-13 AA-23")]
public sealed record KcapiOptions : WorkloadOptions
{
    /// <summary>The crypto device that the bound socket's tfm is of.</summary>
    [NamesPart(typeof(CryptoDeviceOptions))]
    public required string Engine { get; init; }

    /// <summary>-x, and -s: which of its interfaces is used.</summary>
    [DefaultFrom("the command of mail 004: -x 9")]
    public KcapiType Type { get; init; } = KcapiType.Aio;

    /// <summary>-d: IOVECs of the call, an IOCB each; for sync and sync-stream calls one after the other. Each has the same data.</summary>
    [Range(1, 65536)]
    [DefaultFrom("the command of mail 004: -d 2")]
    public int Iovecs { get; init; } = 2;

    /// <summary>-e, or nothing for decrypt.</summary>
    [DefaultFrom("the command of mail 004: -e")]
    public AlgOp Operation { get; init; } = AlgOp.Encrypt;

    /// <summary>-c: the name by which the socket is bound.</summary>
    [DefaultFrom("the command of mail 004")]
    public KcapiCipher Cipher { get; init; } = KcapiCipher.CbcAes;

    /// <summary>-k: 16, 24 or 32 bytes in hexadecimal digits.</summary>
    [DefaultFrom("the command of mail 004")]
    public string Key { get; init; } = "8d7dd9b0170ce0b5f2f8e1aa768e01e91da8bfc67fd486d081b28254c99eb423";

    /// <summary>-i: 16 bytes in hexadecimal digits.</summary>
    [DefaultFrom("the command of mail 004")]
    public string Iv { get; init; } = "7fbc02ebf5b93322329df9bfccb635af";

    /// <summary>-p to encrypt, -q to decrypt: the data of each IOVEC in hexadecimal digits.</summary>
    [DefaultFrom("the command of mail 004")]
    public string Data { get; init; } = "48981da18e4bb9ef7e2e3162d16b1910";

    /// <summary>Which IV each IOCB in flight gets, and who waits: by release, or a proposal.</summary>
    [ByKernel]
    [DefaultFrom("kernel: as for model: af-alg")]
    public Serialize? Serialize { get; init; }

    /// <summary>What becomes of an IOCB whose event says EBUSY.</summary>
    [DefaultFrom("libkcapi: an event with an error ends the call")]
    public KcapiRetry OnEbusy { get; init; } = KcapiRetry.Fail;

    /// <summary>The IOCBs of one io_submit are to be one chain, and the run is told as corruption if they are not; otherwise nobody compares.</summary>
    [DefaultFrom("what the mail expects of its command")]
    public bool Chained { get; init; } = true;

    /// <summary>Whether bytes are encrypted or names for them.</summary>
    [DefaultFrom("real up to 1 MiB of all data, symbolic beyond")]
    public Content? Content { get; init; }

    /// <summary>What becomes of a run in which a driver has read another IV than the chain has.</summary>
    [DefaultFrom("the user sees it in what came out")]
    public StaleIv StaleIv { get; init; } = StaleIv.CompareOutput;

    /// <summary>CPU time of the work on the socket for one IOCB: system calls, areq, pages.</summary>
    [DefaultFrom("assumed: as for model: af-alg")]
    public Duration SocketWork { get; init; } = Duration.FromMicroseconds(2);

    /// <summary>From a callback until the task that sleeps for it runs.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);

    internal override Duration? RunsFor => null;

    /// <summary>Data of one IOVEC.</summary>
    internal DataSize DataLength => new(Data.Length / 2);

    /// <summary>The sockets it opens.</summary>
    internal AfAlgOptions Sockets => new()
    {
        Engine = Engine,
        Op = Operation,
        Mode = Cipher == KcapiCipher.CbcAes ? BlockMode.Cbc : BlockMode.Ctr,
        Key = Key,
        Iv = Iv,
        Data = Data,
        Bs = DataLength,
        NumberIos = Iovecs,
        Serialize = Serialize,
        Chained = Chained,
        Content = Content,
        StaleIv = StaleIv,
        SocketWork = SocketWork,
        Wakeup = Wakeup,
        HasOneInlineIv = true,
    };
}
