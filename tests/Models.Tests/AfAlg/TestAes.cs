using System.Security.Cryptography;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>AES by its definition in FIPS 197, for comparison: no library, and no table that is not computed from the definition.</summary>
internal sealed class TestAes
{
    private readonly byte[] _round;   // round keys, 16 bytes each
    private readonly int _rounds;
    private readonly byte[] _sub = [.. Enumerable.Range(0, 256).Select(i => SubOf((byte)i))];
    private readonly byte[] _unsub = new byte[256];

    public TestAes(byte[] key)
    {
        for (int i = 0; i < 256; i++)
        {
            _unsub[_sub[i]] = (byte)i;
        }

        int words = key.Length / 4;
        _rounds = words + 6;
        _round = new byte[16 * (_rounds + 1)];
        key.CopyTo(_round, 0);
        byte constant = 1;
        for (int i = words; i < _round.Length / 4; i++)
        {
            byte[] word = _round[((i - 1) * 4)..(i * 4)];
            if (i % words == 0)
            {
                word = [(byte)(Sub(word[1]) ^ constant), Sub(word[2]), Sub(word[3]), Sub(word[0])];
                constant = Times(constant, 2);
            }
            else if (words > 6 && i % words == 4)
            {
                word = [.. word.Select(Sub)];
            }

            for (int b = 0; b < 4; b++)
            {
                _round[(i * 4) + b] = (byte)(_round[((i - words) * 4) + b] ^ word[b]);
            }
        }
    }

    public byte[] Encrypt(byte[] block)
    {
        byte[] state = AddKey(block, 0);
        for (int round = 1; round <= _rounds; round++)
        {
            // ShiftRows: row r of column c comes from column c + r.
            state = [.. Enumerable.Range(0, 16).Select(i => Sub(state[(i + (4 * (i % 4))) % 16]))];
            state = AddKey(round < _rounds ? Mix(state, 2, 3, 1, 1) : state, round);
        }

        return state;
    }

    public byte[] Decrypt(byte[] block)
    {
        byte[] state = AddKey(block, _rounds);
        for (int round = _rounds - 1; round >= 0; round--)
        {
            state = [.. Enumerable.Range(0, 16).Select(i => Unsub(state[(i + 16 - (4 * (i % 4))) % 16]))];
            state = AddKey(state, round);
            state = round > 0 ? Mix(state, 14, 11, 13, 9) : state;
        }

        return state;
    }

    public byte[] CbcEncrypt(byte[] iv, byte[] plain) => Blocks(plain, block => iv = Encrypt(Xor(iv, block)));

    public byte[] CbcDecrypt(byte[] iv, byte[] cipher) => Blocks(cipher, block =>
    {
        byte[] plain = Xor(iv, Decrypt(block));
        iv = block;
        return plain;
    });

    public byte[] Ctr(byte[] counter, byte[] data)
    {
        counter = [.. counter];
        return Blocks(data, block =>
        {
            byte[] stream = Encrypt(counter);
            for (int i = 15; i >= 0 && unchecked(++counter[i]) == 0; i--)
            {
            }

            return Xor(stream, block);
        });
    }

    public static byte[] Xor(byte[] a, byte[] b) => [.. a.Zip(b, (x, y) => (byte)(x ^ y))];

    private static byte[] Blocks(byte[] data, Func<byte[], byte[]> each) => [.. data.Chunk(16).SelectMany(each)];

    private byte[] AddKey(byte[] state, int round) => Xor(state, _round[(16 * round)..(16 * (round + 1))]);

    private static byte[] Mix(byte[] state, byte a, byte b, byte c, byte d) => [.. Enumerable.Range(0, 16).Select(i =>
    {
        int column = i / 4 * 4;
        byte At(int row) => state[column + ((i + row) % 4)];
        return (byte)(Times(At(0), a) ^ Times(At(1), b) ^ Times(At(2), c) ^ Times(At(3), d));
    })];

    private static byte Times(byte a, byte b)
    {
        int product = 0;
        for (int x = a; b > 0; b >>= 1, x = (x << 1) ^ ((x & 0x80) != 0 ? 0x11b : 0))
        {
            product ^= (b & 1) != 0 ? x : 0;
        }

        return (byte)product;
    }

    private static byte Inverse(byte a)
    {
        byte power = 1;
        for (int i = 0; i < 254; i++)
        {
            power = Times(power, a);
        }

        return power;
    }

    private byte Sub(byte a) => _sub[a];

    private byte Unsub(byte a) => _unsub[a];

    private static byte SubOf(byte a)
    {
        int x = Inverse(a);
        return (byte)(x ^ Turned(x, 1) ^ Turned(x, 2) ^ Turned(x, 3) ^ Turned(x, 4) ^ 0x63);
    }

    private static int Turned(int a, int bits) => ((a << bits) | (a >> (8 - bits))) & 0xff;
}

/// <summary>The one for comparison is AES.</summary>
public sealed class TestAesTests
{
    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f", "69c4e0d86a7b0430d8cdb78070b4c55a")]
    [InlineData("000102030405060708090a0b0c0d0e0f1011121314151617", "dda97ca4864cdfe06eaf70a0ec0d7191")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "8ea2b7ca516745bfeafc49904b496089")]
    public void It_gives_the_examples_of_FIPS_197_both_ways(string key, string cipher)
    {
        TestAes aes = new(Convert.FromHexString(key));
        byte[] plain = Convert.FromHexString("00112233445566778899aabbccddeeff");

        Assert.Equal(cipher, Convert.ToHexStringLower(aes.Encrypt(plain)));
        Assert.Equal(plain, aes.Decrypt(Convert.FromHexString(cipher)));
    }

    [Fact]
    public void It_agrees_with_the_library_in_CBC()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7))];
        byte[] iv = [.. Enumerable.Range(0, 16).Select(i => (byte)(i * 11))];
        byte[] data = [.. Enumerable.Range(0, 160).Select(i => (byte)(i * 13 % 251))];
        using Aes library = Aes.Create();
        library.Key = key;

        byte[] cipher = library.EncryptCbc(data, iv, PaddingMode.None);
        Assert.Equal(cipher, new TestAes(key).CbcEncrypt(iv, data));
        Assert.Equal(data, new TestAes(key).CbcDecrypt(iv, cipher));
    }
}
