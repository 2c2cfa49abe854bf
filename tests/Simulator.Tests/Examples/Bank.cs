namespace CryptoSim.Simulator.Tests.Examples;

/// <summary>The example of docs/from-simsharp.md; a test compares the two.</summary>
internal static class Bank
{
    internal static string Run()
    {
        // example
        using var simulation = new Simulation();
        var random = new RandomSource(seed: 42).Stream("bank");
        var clerk = new Resource(simulation, capacity: 1, "clerk");
        var waiting = new Tally();

        async Process CustomerAsync()
        {
            var arrived = simulation.Now;
            await clerk.AcquireAsync();
            waiting.Record(simulation.Now - arrived);
            await simulation.Delay(random.Exponential(Duration.FromMicroseconds(9)));
            clerk.Release();
        }

        async Process DoorAsync()
        {
            for (int i = 0; i < 1000; i++)
            {
                await simulation.Delay(random.Exponential(Duration.FromMicroseconds(10)));
                simulation.Spawn($"customer {i}", CustomerAsync());
            }
        }

        simulation.Spawn("door", DoorAsync());
        var outcome = simulation.Run();
        string result = $"{outcome.End} at {outcome.At}, {waiting.Count} customers waited {new Duration((long)waiting.Mean)}";
        // end
        return result;
    }
}
