using CryptoSim.Models.Block;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Ciphers;

public sealed class CryptoApiTests
{
    private static readonly NamedPart<DeviceOptions>[] Software =
    [
        new("generic", new SoftwareCipherOptions { Cpu = CipherCpu.EmeraldRapidsGeneric }),
        new("aesni", new SoftwareCipherOptions { Cpu = CipherCpu.Cloudflare2020 }),
        new("cryptd", new CryptdOptions { Child = "aesni" }),
        new("xts-aesni", new SimdOptions { Cryptd = "cryptd" }),
        new("proxy", new XtsProxyOptions { Simd = "aesni", Generic = "generic" }),
    ];

    private static readonly NamedPart<DeviceOptions>[] WithCaam = [.. Software, new("jr0", new Scene().Ring)];

    private static string? Selected(NamedPart<DeviceOptions>[] devices, CryptoApiOptions options, KernelVersion kernel = KernelVersion.V58)
    {
        CryptoAlgorithm chosen = options.Register("api", kernel, devices);
        Assert.Equal(chosen.Driver.Length == 0, options.FindProblemsAmong("api", kernel, devices).Any());
        return chosen.Driver.Length == 0 ? null : chosen.Driver;
    }

    [Fact]
    public void The_highest_priority_that_is_not_internal_is_taken() =>
        Assert.Equal("xts-aes-aesni", Selected(Software, new CryptoApiOptions()));   // not cryptd's 451

    [Theory]
    [InlineData(KernelVersion.V58, "xts-aes-jr0")]     // 3000
    [InlineData(KernelVersion.V59, "xts-aes-aesni")]   // masked: ALLOCATES_MEMORY
    public void Since_5_9_dm_crypt_passes_over_hardware_that_allocates_memory(KernelVersion kernel, string driver) =>
        Assert.Equal(driver, Selected(WithCaam, new CryptoApiOptions(), kernel));

    [Fact]
    public void With_an_empty_mask_hardware_is_taken_again() =>
        Assert.Equal("xts-aes-jr0", Selected(WithCaam, new CryptoApiOptions { Mask = [] }, KernelVersion.V618));

    [Fact]
    public void Hardware_of_less_priority_than_AES_NI_is_not_taken() =>
        Assert.Equal("xts-aes-aesni", Selected(WithCaam, new CryptoApiOptions { HardwarePriority = 300 }));

    [Theory]
    [InlineData(KernelVersion.V58, "xts(ecb(aes-generic))")]   // the wrapper is flagged ASYNC, the proxy has priority 0
    [InlineData(KernelVersion.V618, "xts-aes-aesni")]          // AES-NI is synchronous
    public void Who_asks_for_a_synchronous_cipher_gets_C_until_AES_NI_is_synchronous(KernelVersion kernel, string driver) =>
        Assert.Equal(driver, Selected(WithCaam, new CryptoApiOptions { Mask = [AlgorithmMask.Async] }, kernel));

    [Theory]
    [InlineData("xts(aes)", "xts-aes-aesni")]
    [InlineData("xts-aes-xtsproxy", "xts-aes-xtsproxy")]
    [InlineData("capi:xts-aes-xtsproxy-plain64", "xts-aes-xtsproxy")]
    [InlineData("capi:xts(aes)-plain64", "xts-aes-aesni")]
    [InlineData("capi:xts(ecb(aes-generic))-essiv:sha256", "xts(ecb(aes-generic))")]
    [InlineData("__xts-aes-aesni", null)]             // internal
    [InlineData("cryptd(__xts-aes-aesni)", null)]     // internal
    [InlineData("xts-aes-neon", null)]
    public void A_name_is_that_of_the_algorithm_or_of_a_driver(string name, string? driver) =>
        Assert.Equal(driver, Selected(Software, new CryptoApiOptions { Name = name }));

    [Fact]
    public void A_driver_that_is_masked_cannot_be_had_by_name_either() =>
        Assert.Null(Selected(Software, new CryptoApiOptions { Name = "xts-aes-aesni", Mask = [AlgorithmMask.Async] }));

    [Fact]
    public void Of_equal_priorities_the_one_registered_last_is_taken()
    {
        NamedPart<DeviceOptions>[] two = [new("jr0", new Scene().Ring), new("jr1", new Scene().Ring)];
        Assert.Equal("xts-aes-jr1", Selected(two, new CryptoApiOptions()));
        Assert.Equal("xts-aes-jr0", Selected(two, new CryptoApiOptions { Devices = ["jr0"] }));
    }

    [Fact]
    public void cryptd_over_C_may_be_asked_for_by_name()
    {
        NamedPart<DeviceOptions>[] devices = [Software[0], new("cryptd", new CryptdOptions { Child = "generic" })];
        Assert.Equal("cryptd(xts(ecb(aes-generic)))", Selected(devices, new CryptoApiOptions { Name = "capi:cryptd(xts(ecb(aes-generic)))-plain64" }));
    }

    [Fact]
    public void The_note_says_what_is_chosen_and_why_the_others_are_not() => Assert.Equal(
        "selected: xts(ecb(aes-generic)) of generic; xts(ecb(aes-generic)) 100, __xts-aes-aesni 401 (internal), cryptd(__xts-aes-aesni) 451 (internal), "
        + "xts-aes-aesni 401 (masked: async), xts-aes-xtsproxy 0, xts-aes-jr0 3000 (masked: async)",
        new CryptoApiOptions { Mask = [AlgorithmMask.Async, AlgorithmMask.AllocatesMemory] }.Note("api", KernelVersion.V59, WithCaam));

    [Fact]
    public void A_device_must_stand_before_what_is_built_on_it()
    {
        MachineOptions options = Machine([Software[2], Software[1]], "aesni");
        Assert.Equal(("cryptd", "is built on aesni, which does not stand before it"), (MachineValidator.Validate(options)[0].Path, MachineValidator.Validate(options)[0].Message));
        Assert.Empty(MachineValidator.Validate(Machine([Software[1], Software[2]], "aesni")));
    }

    [Fact]
    public void A_target_over_it_uses_the_device_that_was_chosen_which_is_counted_once()
    {
        MachineOptions options = Machine([.. WithCaam, new("api", new CryptoApiOptions { Mask = [] })], "api");
        Assert.Empty(MachineValidator.Validate(options));
        using Machine machine = Models.Machine.Build(options, new MachineRunOptions { Seed = 1, TraceKept = 100 });
        Assert.True(machine.Run());
        MachineResult result = machine.Result();

        Assert.Equal(8, result.Metric("jr0.jobs"));
        Assert.Equal(8, result.Metric("crypto.requests"));
        Assert.Equal("xts-aes-jr0", result.Trace.First(e => e.Function == "crypto_alloc_skcipher").Result);
    }

    private static MachineOptions Machine(NamedPart<DeviceOptions>[] devices, string engine)
    {
        Scene scene = new();
        return scene.Options with
        {
            Hardware = new HardwareOptions { Cpus = 1, Devices = [.. devices, new("null0", new NullDeviceOptions())] },
            Stack = [new("dm-0", scene.Target with { Engine = engine })],
            Workload = [new("writer", Scene.Write("4KiB"))],
        };
    }
}
