namespace CryptoSim.Simulator.Tests.Exploration.Capture;

public sealed class CaptureAllocationTests
{
    [Fact]
    public void A_capture_and_a_restore_allocate_nothing_once_warm()
    {
        byte[] code = [20, 15, 23, 14, 4, 16, 35, 25, 33, 11, 36, 6, 18, 53, 7, 10, 22, 8];
        using var scene = Captured.Of(simulation => new RandomPrograms(simulation, [code, code, code], interrupts: false));
        List<byte[]> states = [];
        for (int i = 0; i < 60; i++)
        {
            states.Add(scene.Bytes());
            var places = scene.Places();
            if (places.Count == 0)
            {
                break;
            }

            scene.StepPlace(places[i % places.Count]);
        }

        Assert.True(states.Count > 20, $"{states.Count} states");
        Alternate(scene, states, 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Alternate(scene, states, 100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Alternate(Captured scene, List<byte[]> states, int times)
    {
        for (int i = 0; i < times; i++)
        {
            foreach (byte[] state in states)
            {
                scene.Restore(state);
                scene.Capture();
            }
        }
    }
}
