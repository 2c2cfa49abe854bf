using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Reports.Validation;
using CryptoSim.Scenarios;

namespace CryptoSim.Cli.Tests.Validating;

/// <summary>The numbers of the validation scenarios are computed from the rows of the fit, by the arithmetic of docs/validation.md, and from nothing else.</summary>
public sealed class FitTests
{
    private const double MiB = 1 << 20;

    private static readonly PublishedTable Table = PublishedTable.Read(File.ReadAllText(Path.Combine(Repository.Root, "Scenarios", "Validation", "published.csv")), "published.csv");

    [Fact]
    public void The_servers_numbers_follow_from_its_fit_rows()
    {
        MachineOptions machine = Machine("validation-server");
        double cipher = (Time("ME-A7-enc") + Time("ME-A7-dec")) / 2;

        // ME-A4 is printed as 169 835 and 169 965 KiB/s; its row has the sum rounded to 331.8 MiB/s
        double submitFrom = 4096 / ((169_835 + 169_965) * 1024.0) * 1e12;
        Assert.Equal(331.8, (169_835 + 169_965) / 1024.0, 0.05);
        Near(Time("ME-A5") - Time("ME-A1") - cipher, Target(machine).MapCost.Picoseconds);
        Near((submitFrom - Time("ME-A5")) / 2, Target(machine).Wakeup.Picoseconds);
        Near(Target(machine).Wakeup.Picoseconds, Job(machine).Wakeup.Picoseconds);
        Near(Value("ME-A1") * MiB, Ram(machine).Bandwidth.BytesPerSecond);
    }

    [Fact]
    public void The_VMs_numbers_follow_from_its_fit_rows()
    {
        MachineOptions machine = Machine("validation-vm");

        Near(Time("ME-B6") - Time("ME-B4"), Target(machine).MapCost.Picoseconds);
        Near((Time("ME-B5") - Time("ME-B6")) / 2, Target(machine).Wakeup.Picoseconds);
        Near(Target(machine).Wakeup.Picoseconds, Job(machine).Wakeup.Picoseconds);
        Near(Value("ME-B4") * MiB, Ram(machine).Bandwidth.BytesPerSecond);
        Near(Value("ME-B8") * MiB, Ram(Machine("validation-vm", "fit-raw-write")).Bandwidth.BytesPerSecond);
    }

    [Fact]
    public void The_cost_of_a_request_follows_from_the_cycles_of_one_for_each_sector_and_one_for_each_segment()
    {
        MachineOptions machine = Machine("request-per-sector");
        double sector = Value("ME-D20-cycles") / 30 / (Value("ME-D20") * 256);   // [G cycles] for 4 KiB
        double segment = Value("ME-D21-cycles") / 30 / (Value("ME-D21") * 256);
        double clock = Value("ME-D20-cycles") / 30;                               // [GHz]
        double request = (sector - segment) / 7 / clock * 1e9;                    // [ns]
        var engine = (JobRingOptions)machine.Hardware.Devices[0].Options;

        Assert.Equal(request * 11.6 / 23.8, (double)Target(machine).SubmitCost.Nanoseconds, 0.5);
        Assert.Equal(request * 12.2 / 23.8, (double)engine.Interrupt.Tasklet.Nanoseconds, 0.5);
        Assert.Equal((segment / clock * 1e9) - request, (double)Target(machine).MapCost.Nanoseconds, 1.0);
        Near(Value("ME-D21") * MiB, engine.Bandwidth.BytesPerSecond);
    }

    [Fact]
    public void The_prediction_from_the_profile_takes_nothing_from_the_row_it_predicts()
    {
        MachineOptions machine = Machine("request-per-sector", "predict-segment");
        double all = 1e9 / (Value("ME-D20") * 256);       // [ns] of a busy core for 4 KiB
        double request = 0.238 * all / 8;
        var engine = (JobRingOptions)machine.Hardware.Devices[0].Options;

        Assert.Equal(request * 11.6 / 23.8, (double)Target(machine).SubmitCost.Nanoseconds, 0.5);
        Assert.Equal(request * 12.2 / 23.8, (double)engine.Interrupt.Tasklet.Nanoseconds, 0.5);
        Assert.Equal(all - (8 * request), (double)Target(machine).MapCost.Nanoseconds, 1.0);
        Assert.Equal(RequestSize.Segment, Target(machine).RequestSize);
    }

    [Fact]
    public void The_phases_of_a_request_of_AF_ALG_follow_from_two_published_shares_and_one_wake_up()
    {
        MachineOptions machine = Machine("af-alg-iv-chaining");
        var engine = (CbcEngineOptions)machine.Hardware.Devices[0].Options;
        var aio = (AfAlgOptions)machine.Workload[0].Options;
        double chain = 100 / Value("ME-F2");                                        // X, in periods M0 of separate IVs
        double submission = (100 / Value("ME-F1")) - chain;                         // U + S + B
        double period = aio.Wakeup.Picoseconds / (submission - 1);                  // M0 = S + B leaves U
        double build = engine.BuildMap.Picoseconds + (2 * engine.BuildMapPerPage.Picoseconds);
        double work = 8192e12 / engine.Bandwidth.BytesPerSecond;
        InterruptOptions interrupt = engine.Interrupt;
        double respond = interrupt.Latency.Picoseconds + interrupt.Hardirq.Picoseconds + interrupt.Tasklet.Picoseconds;

        Assert.Equal(17_010_000, period, 1.0);
        Assert.Equal(period, build + aio.SocketWork.Picoseconds, 0.001 * period);
        Assert.Equal(chain * period, 1_000_000 + work + respond, 0.001 * chain * period);
        Assert.InRange(1_000_000 + work, 0.95 * period, period);                    // one engine keeps up, just
    }

    private static double Value(string id) => Table.Rows.Single(row => row.Id == id).Published!.Value;

    /// <summary>[ps] Of 4 KiB at a published bandwidth in MiB/s.</summary>
    private static double Time(string id) => 4096 / (Value(id) * MiB) * 1e12;

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1.0);

    private static MachineOptions Machine(string scenario, string? variant = null)
    {
        Scenario read = ScenarioReader.Read(Path.Combine(Repository.Library, scenario + ".yaml")).Scenario!;
        return variant is null ? read.Base : read.Resolve(read.FindVariant(variant), read.Sweep.Points()[0]);
    }

    private static DmCryptOptions Target(MachineOptions machine) => (DmCryptOptions)machine.Stack[0].Options;

    private static JobOptions Job(MachineOptions machine) => (JobOptions)machine.Workload[0].Options;

    private static RamDeviceOptions Ram(MachineOptions machine) => (RamDeviceOptions)machine.Hardware.Devices[0].Options;
}
