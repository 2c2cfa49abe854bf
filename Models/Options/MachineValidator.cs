using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Options;

/// <summary>Finds combinations of well-formed options from which no machine can be built, or none that would end.</summary>
public static class MachineValidator
{
    /// <summary>All problems of the options, in the order of the parts; empty if a machine can be built.</summary>
    public static IReadOnlyList<OptionProblem> Validate(MachineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<OptionProblem> problems = [];
        for (int i = 0; i < options.Hardware.Devices.Count; i++)
        {
            CheckDevice(problems, options, i);
        }

        foreach (NamedPart<StackOptions> part in options.Stack)
        {
            CheckTarget(problems, part.Name, (DmCryptOptions)part.Options, options.Kernel);
        }

        foreach (NamedPart<WorkloadOptions> part in options.Workload)
        {
            CheckWorkload(problems, part.Name, part.Options, options);
        }

        CheckLaw(problems, options);
        CheckLoads(problems, options);
        if (options.Workload.Count == 0)
        {
            problems.Add(new OptionProblem("workload", "names no job, so the machine would do nothing"));
        }

        return problems;
    }

    private static void CheckDevice(List<OptionProblem> problems, MachineOptions options, int place)
    {
        NamedPart<DeviceOptions> part = options.Hardware.Devices[place];
        if (part.Options is CryptoDeviceOptions device)
        {
            problems.AddRange(device.FindProblems(part.Name, options.Hardware.Cpus));
            problems.AddRange(device.FindProblemsAmong(part.Name, options.Kernel, [.. options.Hardware.Devices.Take(place)]));
        }

        if (part.Options is InlineCryptoHostOptions host)
        {
            problems.AddRange(host.FindProblems(part.Name));
        }

        problems.AddRange(FallbackRules.FindProblems(part, options.Hardware.BlkCryptoFallback));
    }

    private static void CheckTarget(List<OptionProblem> problems, string name, DmCryptOptions target, Kernel.KernelVersion kernel)
    {
        CheckOrder(problems, name, target, kernel);
        if (target.SectorSize.Bytes is not (512 or 1024 or 2048 or 4096))
        {
            problems.Add(new OptionProblem(name + ".sector_size", $"is {target.SectorSize.ToExactString()}; it is 512B, 1KiB, 2KiB or 4KiB"));
        }
        else
        {
            CheckPart(problems, name + ".max_write_size", target.MaxWriteSize, target);
            CheckPart(problems, name + ".max_read_size", target.MaxReadSize, target);
        }

        if (target.RequestSize == RequestSize.Segment && target.TagSize.Bytes > 0)
        {
            problems.Add(new OptionProblem(name + ".request_size", "is segment, but an integrity tag belongs to one sector and so does its request; leave out tag_size"));
        }
    }

    /// <summary>Fragments of a write go below one by one, as each is converted: there is nothing to sort.</summary>
    private static void CheckOrder(List<OptionProblem> problems, string name, DmCryptOptions target, Kernel.KernelVersion kernel)
    {
        if (target.WriteOrder == WriteOrder.Sorted && DmCryptSettings.Of(target, kernel).HasFragments)
        {
            problems.Add(new OptionProblem(name + ".write_order", "is sorted, but with pages one by one, as up to 3.6, each fragment goes below as it is converted; set page_allocation too, or leave it out"));
        }
    }

    private static void CheckPart(List<OptionProblem> problems, string path, DataSize? part, DmCryptOptions target)
    {
        DataSize unit = target.Unit;
        if (part is { } size && (size.Bytes < unit.Bytes || size.Bytes % unit.Bytes != 0))
        {
            string what = target.RequestSize == RequestSize.Segment ? "segment size" : "sector size";
            problems.Add(new OptionProblem(path, $"is {size.ToExactString()}, no multiple of the {what} {unit.ToExactString()}"));
        }
    }

    private static void CheckWorkload(List<OptionProblem> problems, string name, WorkloadOptions workload, MachineOptions machine)
    {
        switch (workload)
        {
            case JobOptions { Size: null, NumberIos: null, Runtime: null }:
            case SingleRequestOptions { NumberIos: null, Runtime: null }:
                problems.Add(new OptionProblem(name, "never ends: give it size, number_ios or runtime"));
                break;
        }

        problems.AddRange(workload switch
        {
            AfAlgOptions sockets => AfAlgRules.FindProblems(name, sockets),
            KcapiOptions kcapi => AfAlgRules.FindProblems(name, kcapi),
            AfAlgLawOptions law => law.Device.FindProblems(name, machine.Hardware.Cpus),
            FscryptOptions { OneFile: { } file } => FindInJob(name, file, machine),
            JobOptions job => FindInJob(name, job, machine),
            SingleRequestOptions { Bs.Bytes: <= 0 } => [new OptionProblem(name + ".bs", "is 0")],
            _ => [],
        });
    }

    private static List<OptionProblem> FindInJob(string name, JobOptions job, MachineOptions machine)
    {
        List<OptionProblem> problems = [];
        CheckSizes(problems, name, job, Granularity(machine, job.Device));
        problems.AddRange(JobKeysRules.FindProblems(name, job));
        problems.AddRange(FallbackRules.FindProblems(name, job, machine));
        return problems;
    }

    /// <summary>A law brings what it runs on, and its processes have names of their own: it shares a machine with nothing.</summary>
    private static void CheckLaw(List<OptionProblem> problems, MachineOptions machine)
    {
        bool alone = machine.Workload.Count == 1 && machine.Hardware.Devices.Count == 0 && machine.Stack.Count == 0;
        foreach (NamedPart<WorkloadOptions> part in machine.Workload)
        {
            if (part.Options is IBringsHardware law && !alone)
            {
                problems.Add(new OptionProblem(part.Name, $"{law.Standing}: leave out devices, stack and other jobs"));
            }
        }
    }

    /// <summary>A load competes with something, and there is one on a CPU; dirty pages are no load of their own either.</summary>
    private static void CheckLoads(List<OptionProblem> problems, MachineOptions machine)
    {
        CheckDirtyPages(problems, machine);
        NamedPart<WorkloadOptions>[] loads = [.. machine.Workload.Where(part => part.Options is CpuLoadOptions)];
        foreach (NamedPart<WorkloadOptions> part in loads)
        {
            CpuLoadOptions load = (CpuLoadOptions)part.Options;
            if (load.Cpus > machine.Hardware.Cpus)
            {
                problems.Add(new OptionProblem(part.Name + ".cpus", $"is {load.Cpus}, more than the {machine.Hardware.Cpus} CPUs of the hardware"));
            }

            if (load.Slice <= Duration.Zero)
            {
                problems.Add(new OptionProblem(part.Name + ".slice", "is 0"));
            }
        }

        if (loads.Length > 1)
        {
            problems.Add(new OptionProblem(loads[1].Name, $"is a second cpu-load beside {loads[0].Name}; a CPU has one"));
        }
        else if (loads.Length == 1 && machine.Workload.Count == 1)
        {
            problems.Add(new OptionProblem(loads[0].Name, "competes with nothing: a cpu-load needs another job beside it, with which it ends"));
        }
    }

    /// <summary>Dirty pages are written when somebody else needs memory, and there is one page cache.</summary>
    private static void CheckDirtyPages(List<OptionProblem> problems, MachineOptions machine)
    {
        NamedPart<WorkloadOptions>[] caches = [.. machine.Workload.Where(part => part.Options is DirtyPagesOptions)];
        if (caches.Length > 1)
        {
            problems.Add(new OptionProblem(caches[1].Name, $"is a second dirty-pages beside {caches[0].Name}; a machine has one page cache"));
        }
        else if (caches.Length == 1 && machine.Hardware.Memory?.Free is null)
        {
            problems.Add(new OptionProblem(caches[0].Name, "would never be reclaimed: say in hardware how little memory is free, memory: { free: 0B }"));
        }
        else if (caches.Length == 1 && machine.Workload.Count == 1 && caches[0].Options is DirtyPagesOptions { AllocatingTasks: 0 })
        {
            problems.Add(new OptionProblem(caches[0].Name, "is written back when another job needs memory: give it one beside it, or allocating_tasks"));
        }
    }

    private static void CheckSizes(List<OptionProblem> problems, string name, JobOptions job, long granularity)
    {
        IEnumerable<DataSize> sizes = job.Bssplit is { } split ? split.Parts.Select(p => p.Size) : [job.Bs];
        string key = job.Bssplit is null ? ".bs" : ".bssplit";
        foreach (DataSize size in sizes)
        {
            if (size.Bytes <= 0 || size.Bytes % granularity != 0)
            {
                problems.Add(new OptionProblem(name + key, $"is {size.ToExactString()}, no multiple of the {granularity}B sectors of {job.Device}"));
            }
            else if (size > DataSize.FromMebibytes(1024))
            {
                problems.Add(new OptionProblem(name + key, $"is {size.ToExactString()}; one I/O is at most 1GiB"));
            }
            else if (job.Size is { } region && region < size)
            {
                problems.Add(new OptionProblem(name + ".size", $"is {region.ToExactString()}, less than one I/O of {size.ToExactString()}"));
            }
        }
    }

    private static long Granularity(MachineOptions machine, string device)
    {
        foreach (NamedPart<StackOptions> part in machine.Stack)
        {
            if (part.Name == device && part.Options is DmCryptOptions target)
            {
                return Math.Max(512, target.Unit.Bytes);
            }
        }

        return 512;
    }
}
