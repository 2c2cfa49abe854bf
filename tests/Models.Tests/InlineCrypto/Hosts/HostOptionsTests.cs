using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto.Hosts;

public sealed class HostOptionsTests
{
    private static string[] Problems(DeviceOptions host) =>
        [.. MachineValidator.Validate(new MachineOptions
        {
            Hardware = new HardwareOptions { Devices = [new NamedPart<DeviceOptions>("ufs0", host)] },
            Workload = [new NamedPart<WorkloadOptions>("reader", new JobOptions { Device = "ufs0", NumberIos = 1, Size = DataSize.FromKibibytes(4) })],
        }).Select(problem => $"{problem.Path} {problem.Message}")];

    [Fact]
    public void Data_unit_sizes_are_powers_of_two_from_512_bytes_to_64_KiB()
    {
        Assert.Empty(Problems(new UfsOptions { DataUnitSizes = [new DataSize(512), DataSize.FromKibibytes(64)] }));
        Assert.Equal(
            ["ufs0.data_unit_sizes has 256B; each is a power of two from 512B to 64KiB", "ufs0.data_unit_sizes has 3KiB; each is a power of two from 512B to 64KiB", "ufs0.data_unit_sizes has 128KiB; each is a power of two from 512B to 64KiB"],
            Problems(new UfsOptions { DataUnitSizes = [new DataSize(256), DataSize.FromKibibytes(3), DataSize.FromKibibytes(128)] }));
    }

    [Fact]
    public void A_host_is_not_suspended_without_delay()
    {
        Assert.Empty(Problems(new CqhciOptions { RuntimePm = new RuntimePmOptions { Autosuspend = Scene.Us } }));
        Assert.StartsWith("ufs0.runtime_pm.autosuspend is 0", Assert.Single(Problems(new CqhciOptions { RuntimePm = new RuntimePmOptions { Autosuspend = Duration.Zero } })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, KernelVersion.V511, false)]
    [InlineData(null, KernelVersion.V65, true)]
    [InlineData(ClockHold.Async, KernelVersion.V65, false)]
    [InlineData(ClockHold.Sync, KernelVersion.V511, true)]
    public void UFS_may_sleep_in_queuecommand_where_it_waits_for_its_clocks(ClockHold? hold, KernelVersion kernel, bool isBlocking)
    {
        UfsOptions ufs = new() { ClockGating = new ClockGatingOptions { Hold = hold } };

        Assert.Equal(isBlocking, ufs.IsBlocking(kernel));
        Assert.Equal((false, true), ((ufs with { ClockGating = null }).IsBlocking(kernel), (ufs with { Blocking = true }).IsBlocking(kernel)));
    }

    [Fact]
    public void EMMC_may_always_and_carries_data_unit_numbers_of_32_bits() =>
        Assert.Equal((true, 4, 8), (new CqhciOptions().IsBlocking(KernelVersion.V58), new CqhciOptions().MaxDunBytes, new UfsOptions().MaxDunBytes));

    [Theory]
    [InlineData(4, 0)]
    [InlineData(8, 1)]
    public void A_key_whose_numbers_are_longer_is_not_programmed_into_an_eMMC(int dunBytes, int fallbacks)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions { Devices = [new NamedPart<DeviceOptions>("mmc0", new CqhciOptions())] },
            Workload = [new NamedPart<WorkloadOptions>("reader", new JobOptions { Device = "mmc0", NumberIos = 1, Size = DataSize.FromKibibytes(4), Key = "a", DunBytes = dunBytes })],
        };
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1 });
        Assert.True(machine.Run());

        Assert.Equal(1 - fallbacks, machine.Result().Metric("mmc0.keyslot.programs"));
    }
}
