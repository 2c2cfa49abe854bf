using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Simulator.Tests.Exploration.Capture;

public sealed class RoundTripProperties
{
    private static readonly Gen<byte[][]> Codes = Gen.Choose(1, 255).Select(code => (byte)code).ArrayOf(6).ArrayOf(3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_restored_state_is_the_state_captured_and_steps_as_the_original_does(bool interrupts)
    {
        int compared = 0;
        Prop.ForAll(Codes.ToArbitrary(), code =>
        {
            compared += RoundTrip.Check(simulation => _ = new RandomPrograms(simulation, code, interrupts), seed: code[0].Sum(c => c), steps: 25);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(80));
        Assert.True(compared > 1000, $"{compared} successors");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void Each_way_to_wait_survives_in_every_state_of_a_walk(byte operation)
    {
        byte[] code = [10, operation, (byte)(operation + 20), 11, 10, 3, 5, (byte)(operation + 40), 10];
        for (int seed = 1; seed <= 5; seed++)
        {
            Assert.True(RoundTrip.Check(simulation => _ = new RandomPrograms(simulation, [code, code], interrupts: false), seed) > 0);
        }
    }
}
