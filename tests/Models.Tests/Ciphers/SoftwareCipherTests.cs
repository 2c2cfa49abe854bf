using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Ciphers;

public sealed class SoftwareCipherTests
{
    [Fact]
    public void A_request_is_done_in_the_call_and_never_called_back()
    {
        using CipherBench bench = new(new SoftwareCipherOptions { Bandwidth = new Bandwidth(4_096_000_000) });
        TestRequest request = bench.Request(4096);
        SubmitResult result = default;
        bench.At(0, () => result = bench.Cipher.Submit(request));
        Assert.Equal(End.Completed, bench.Run().End);

        Assert.Equal((SubmitStatus.Done, Duration.FromMicroseconds(1)), (result.Status, result.CpuTime));
        Assert.Empty(request.Callbacks);
        Assert.Equal(0, bench.Cipher.InFlight);
    }

    [Theory]
    [InlineData(CipherCpu.Cloudflare2020, true, "2.1426", true)]     // 1823.1 MiB/s
    [InlineData(CipherCpu.Cloudflare2020, false, "2.0556", true)]    // 1900.3 MiB/s
    [InlineData(CipherCpu.CoreI73770, true, "2.7280", true)]
    [InlineData(CipherCpu.Mt7621, true, "351.9144", false)]
    [InlineData(CipherCpu.EmeraldRapidsVaes, true, "0.2533", true)]
    [InlineData(CipherCpu.EmeraldRapidsGeneric, false, "13.4295", false)]
    [InlineData(CipherCpu.Imx8mNanoCe, true, "6.3308", true)]
    [InlineData(CipherCpu.CipherNull, true, "0.0000", false)]
    public void A_preset_takes_as_long_for_4_KiB_as_was_measured(CipherCpu cpu, bool isEncryption, string microseconds, bool simd)
    {
        CipherCost cost = new SoftwareCipherOptions { Cpu = cpu }.Cost;
        decimal time = cost.TimeFor(new DataSize(4096), isEncryption).Nanoseconds / 1000m;

        Assert.Equal(microseconds, time.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(simd, cost.UsesSimd);
    }

    [Fact]
    public void Gains_at_two_sizes_give_the_fixed_part_of_a_VAES_request()
    {
        // Sapphire Rapids gained 115 % at 4 KiB and 78 % at 512 B: with the same fixed part before and after, (x + yL) / (x + L) is
        // 2.15 and 1.78 for x = 298 B and y = 2.234, the fixed part and the old rate in terms of the new one.
        CipherCost now = new SoftwareCipherOptions { Cpu = CipherCpu.EmeraldRapidsVaes }.Cost;
        CipherCost before = now with { Encryption = new Bandwidth((long)(now.Encryption.BytesPerSecond / 2.2336)) };

        double Gain(long bytes) => (double)before.TimeFor(new DataSize(bytes), true).Picoseconds / now.TimeFor(new DataSize(bytes), true).Picoseconds;
        Assert.Equal(2.15, Gain(4096), 0.005);
        Assert.Equal(1.78, Gain(512), 0.005);
    }

    [Fact]
    public void A_key_beside_the_preset_counts_more()
    {
        CipherCost cost = new SoftwareCipherOptions { Cpu = CipherCpu.Cloudflare2020, Setup = Duration.FromNanoseconds(100), Bandwidth = new Bandwidth(1_000_000_000), UsesSimd = false }.Cost;

        Assert.Equal(Duration.FromNanoseconds(612), cost.TimeFor(new DataSize(512), isEncryption: true));
        Assert.Equal(Duration.FromNanoseconds(612), cost.TimeFor(new DataSize(512), isEncryption: false));
        Assert.False(cost.UsesSimd);
    }

    [Fact]
    public void Without_preset_or_bandwidth_nothing_can_be_built()
    {
        Assert.Single(new SoftwareCipherOptions().FindProblems("aesni", 4));
        Assert.Empty(new SoftwareCipherOptions { Cpu = CipherCpu.AppleM1 }.FindProblems("aesni", 4));
    }
}
