using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>What comes out of the sockets, byte for byte against an AES of another make.</summary>
public sealed class RealDataTests
{
    private static readonly TestAes Aes = new(Convert.FromHexString(AfAlgScene.Key));
    private static readonly byte[] Iv = Convert.FromHexString(AfAlgScene.Iv);

    /// <summary>An engine that is at the first request until the last of four is in the ring.</summary>
    private static CbcEngineOptions VerySlow => AfAlgScene.Slow with { Setup = Scene.Service(Duration.FromMicroseconds(200)) };

    private static AfAlgOptions User(Serialize serialize, int ios = 4, int bytes = 64) => new()
    {
        Engine = "eng0",
        Serialize = serialize,
        NumberIos = ios,
        Iodepth = ios,
        Bs = new DataSize(bytes),
    };

    /// <summary>What is sent: the blocks that all differ.</summary>
    private static byte[] Sent(int bytes)
    {
        byte[] sent = new byte[bytes];
        new Payload().Read(0, sent);
        return sent;
    }

    private static byte[] Piece(byte[] bytes, int index, int size) => bytes[(index * size)..((index + 1) * size)];

    [Fact]
    public void Two_IOCBs_of_8_KiB_behind_the_mutex_are_one_CBC_of_all_data()
    {
        MachineResult result = AfAlgScene.Run(User(Serialize.Mutex, ios: 2, bytes: 8192));

        Assert.Equal(Aes.CbcEncrypt(Iv, Sent(16384)), result.Bytes());
        Assert.Equal("completed", result.End.Ends);
    }

    [Fact]
    public void Two_IOCBs_of_8_KiB_that_race_are_each_a_CBC_of_their_own_data()   // AA-17, AA-C2
    {
        MachineResult result = AfAlgScene.Run(User(Serialize.None, ios: 2, bytes: 8192));

        Assert.Equal([.. Aes.CbcEncrypt(Iv, Piece(Sent(16384), 0, 8192)), .. Aes.CbcEncrypt(Iv, Piece(Sent(16384), 1, 8192))], result.Bytes());
        Assert.Equal("corruption", result.End.Ends);
    }

    [Fact]
    public void Read_as_one_stream_a_raced_encryption_garbles_the_first_block_of_each_IOCB_and_no_other()   // AA-17
    {
        byte[] sent = Sent(256);
        byte[] cipher = AfAlgScene.Run(User(Serialize.None), VerySlow).Bytes();
        byte[] plain = Aes.CbcDecrypt(Iv, cipher);

        for (int block = 0; block < 16; block++)
        {
            bool isFirstOfLater = block is 4 or 8 or 12;
            byte[] wrong = isFirstOfLater ? TestAes.Xor(Iv, Piece(cipher, block - 1, 16)) : new byte[16];
            Assert.Equal(TestAes.Xor(Piece(sent, block, 16), wrong), Piece(plain, block, 16));
        }
    }

    [Theory]
    [InlineData(Serialize.Mutex, Dependency.None)]
    [InlineData(Serialize.NoAio, Dependency.None)]
    [InlineData(Serialize.None, Dependency.SoftwareQueue)]
    public void A_serialised_decryption_is_that_of_all_data(Serialize serialize, Dependency dependency)
    {
        MachineResult result = AfAlgScene.Run(User(serialize) with { Op = AlgOp.Decrypt }, AfAlgScene.Slow with { Dependency = dependency });

        Assert.Equal(Aes.CbcDecrypt(Iv, Sent(256)), result.Bytes());
        Assert.Equal(("completed", "1,2,3,4"), (result.End.Ends, result.Depths()));
    }

    [Fact]
    public void A_raced_decryption_has_the_first_block_of_each_IOCB_wrong_by_the_two_IVs_and_no_other()   // AA-18
    {
        byte[] sent = Sent(256);
        MachineResult result = AfAlgScene.Run(User(Serialize.None) with { Op = AlgOp.Decrypt }, VerySlow);

        byte[] right = Aes.CbcDecrypt(Iv, sent);
        for (int block = 0; block < 16; block++)
        {
            bool isFirstOfLater = block is 4 or 8 or 12;
            byte[] wrong = isFirstOfLater ? TestAes.Xor(Iv, Piece(sent, block - 1, 16)) : new byte[16];
            Assert.Equal(TestAes.Xor(Piece(right, block, 16), wrong), Piece(result.Bytes(), block, 16));
        }

        Assert.Equal("1,1,1,1", result.Depths());
    }

    [Fact]
    public void A_serialised_counter_mode_is_that_of_all_data()
    {
        MachineResult result = AfAlgScene.Run(User(Serialize.Mutex) with { Mode = BlockMode.Ctr });

        Assert.Equal(Aes.Ctr(Iv, Sent(256)), result.Bytes());
    }

    [Fact]
    public void A_raced_counter_mode_uses_its_key_stream_twice()   // AA-18
    {
        byte[] sent = Sent(128);
        byte[] cipher = AfAlgScene.Run(User(Serialize.None, ios: 2) with { Mode = BlockMode.Ctr }).Bytes();

        Assert.Equal(TestAes.Xor(Piece(sent, 0, 64), Piece(sent, 1, 64)), TestAes.Xor(Piece(cipher, 0, 64), Piece(cipher, 1, 64)));
        byte[] chained = AfAlgScene.Run(User(Serialize.Mutex, ios: 2) with { Mode = BlockMode.Ctr }).Bytes();
        Assert.NotEqual(TestAes.Xor(Piece(sent, 0, 64), Piece(sent, 1, 64)), TestAes.Xor(Piece(chained, 0, 64), Piece(chained, 1, 64)));
    }

    [Fact]
    public void A_counter_carries_through_all_its_bytes()
    {
        AfAlgOptions user = User(Serialize.Mutex) with { Mode = BlockMode.Ctr, Iv = "00ffffffffffffffffffffffffffffff" };

        Assert.Equal(Aes.Ctr(Convert.FromHexString(user.Iv), Sent(256)), AfAlgScene.Run(user).Bytes());
    }

    [Fact]
    public void Of_long_outputs_64_KiB_are_kept_and_the_length_is_told()
    {
        MachineResult result = AfAlgScene.Run(User(Serialize.Mutex, ios: 10, bytes: 8192) with { Iodepth = 2 });

        Assert.Equal((65536, 81920L, "1,2,3,4,5,6,7,8"), (result.Bytes().Length, result.Outputs[0].Bytes, result.Depths()));
    }

    [Fact]
    public void Each_operation_socket_has_an_output_of_its_own_and_a_chain_of_its_own()   // AA-C5
    {
        MachineResult result = AfAlgScene.Run(User(Serialize.Mutex) with { Sockets = 2 });

        string all = Convert.ToHexStringLower(Aes.CbcEncrypt(Iv, Sent(256)));
        Assert.Equal([("aio/0", all, "1,2,3,4"), ("aio/1", all, "1,2,3,4")], result.Outputs.Select(output => (output.Name, output.Hex, output.Depths)));
    }
}
