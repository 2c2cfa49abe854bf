namespace CryptoSim.Simulator.Tests.Theory;

/// <summary>Queues with known answers: the simulator's own calibration. Times in units of the mean service time.</summary>
public sealed class QueueingTheoryTests
{
    private static readonly Duration Service = Duration.FromNanoseconds(10);

    [Fact]
    public void M_M_1_has_the_sojourn_time_of_the_closed_form()
    {
        const double Load = 0.5;
        BatchMeans.AssertCoverage(1.0 / (1.0 - Load), seed => Sojourn(seed, 1, Load, new ExponentialDuration(Service), 400));
    }

    [Fact]
    public void M_M_c_has_the_sojourn_time_of_Erlang_s_formula()
    {
        const int Servers = 3;
        const double Load = 0.6;
        double offered = Servers * Load;
        double waiting = ErlangC(Servers, offered) / (Servers * (1.0 - Load));
        BatchMeans.AssertCoverage(1.0 + waiting, seed => Sojourn(seed, Servers, Load, new ExponentialDuration(Service), 400));
    }

    [Fact]
    public void M_D_1_has_the_sojourn_time_of_Pollaczek_and_Khinchine()
    {
        const double Load = 0.6;
        BatchMeans.AssertCoverage(1.0 + Load / (2.0 * (1.0 - Load)), seed => Sojourn(seed, 1, Load, new ConstantDuration(Service), 400));
    }

    [Fact]
    public void The_machine_repairman_has_the_mean_number_of_broken_machines_of_the_closed_form()
    {
        const int Machines = 5;
        const double RepairsPerLife = 0.25;   // mean repair over mean life
        double weight = 1.0, sum = 1.0;
        for (int k = 1; k <= Machines; k++)
        {
            weight *= (Machines - k + 1) * RepairsPerLife;
            sum += weight;
        }

        double broken = Machines - (1.0 - 1.0 / sum) / RepairsPerLife;
        BatchMeans.AssertCoverage(broken, seed => Broken(seed, Machines, RepairsPerLife));
    }

    private static double ErlangC(int servers, double offered)
    {
        double term = 1.0, sum = 0.0;
        for (int k = 0; k < servers; k++)
        {
            sum += term;
            term *= offered / (k + 1);
        }

        double waiting = term / (1.0 - offered / servers);
        return waiting / (sum + waiting);
    }

    private static BatchMeans Sojourn(ulong seed, int servers, double load, DurationDistribution service, int perBatch)
    {
        using var simulation = new Simulation();
        var source = new RandomSource(seed);
        var arrivals = source.Stream("arrivals");
        var services = source.Stream("services");
        var server = new Resource(simulation, servers, "server");
        var gap = new Duration((long)(Service.Picoseconds / (load * servers)));
        var means = new BatchMeans();
        var tally = new Tally();
        int warmup = perBatch;
        _ = ArriveAsync();
        simulation.Run();
        return means;

        async Process ArriveAsync()
        {
            for (int i = 0; i < (BatchMeans.Batches + 2) * perBatch; i++)
            {
                await simulation.Delay(arrivals.Exponential(gap));
                _ = CustomerAsync();
            }
        }

        async Process CustomerAsync()
        {
            var arrived = simulation.Now;
            await server.AcquireAsync();
            await simulation.Delay(service.Sample(services));
            server.Release();
            Record(simulation.Now - arrived);
        }

        void Record(Duration sojourn)
        {
            if (warmup-- > 0)
            {
                return;
            }

            tally.Record(sojourn);
            if (tally.Count == perBatch)
            {
                means.Add(tally.Mean / Service.Picoseconds);
                tally.Reset();
                warmup = means.IsComplete ? int.MaxValue : 0;
            }
        }
    }

    private static BatchMeans Broken(ulong seed, int machines, double repairsPerLife)
    {
        using var simulation = new Simulation();
        var random = new RandomSource(seed);
        var repairman = new Resource(simulation, 1, "repairman");
        var broken = new TimeWeighted(simulation);
        var life = new Duration((long)(Service.Picoseconds / repairsPerLife));
        var means = new BatchMeans();
        for (int i = 0; i < machines; i++)
        {
            simulation.Spawn("machine", WorkAsync(random.Stream($"machine {i}")), daemon: true);
        }

        simulation.Spawn("observer", ObserveAsync());
        simulation.Run();
        return means;

        async Process WorkAsync(RandomStream stream)
        {
            while (true)
            {
                await simulation.Delay(stream.Exponential(life));
                broken.Add(1);
                await repairman.AcquireAsync();
                await simulation.Delay(stream.Exponential(Service));
                repairman.Release();
                broken.Add(-1);
            }
        }

        async Process ObserveAsync()
        {
            await simulation.Delay(Service * 200);
            for (int i = 0; i < BatchMeans.Batches; i++)
            {
                broken.Restart();
                await simulation.Delay(Service * 400);
                means.Add(broken.Mean);
            }

            simulation.Complete();
        }
    }
}
