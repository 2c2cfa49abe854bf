namespace CryptoSim.Scenarios.Tests.Reading;

/// <summary>Keys of a job's files: how they are written, and what is said about those that cannot be.</summary>
public class JobKeysTests
{
    private static string Text(string keys) =>
        "scenario: x\nhardware:\n  ufs0: { model: inline-crypto, latency: 10us }\nworkload:\n  a: { device: ufs0, number_ios: 1, " + keys + " }\n";

    [Theory]
    [InlineData("keys: { count: 10 }, key: k", "a.keys stands beside key, which is one key for all I/O of the job; leave one of them out")]
    [InlineData("keys: { zipf: 1.0 }", "a.keys lacks count, the number of files; or say per_io: true")]
    [InlineData("keys: { per_io: true, count: 3 }", "a.keys.per_io is true, so no key is used twice; leave out count, zipf and scope")]
    [InlineData("keys: { per_io: true, zipf: 0.5 }", "a.keys.per_io is true, so no key is used twice; leave out count, zipf and scope")]
    [InlineData("keys: { per_io: true, scope: policy }", "a.keys.per_io is true, so no key is used twice; leave out count, zipf and scope")]
    [InlineData("keys: { count: 0 }", "a.keys.count: '0' is out of range; count is a count from 1 to 1_000_000")]
    [InlineData("keys: { count: 1_000_001 }", "a.keys.count: '1_000_001' is out of range; count is a count from 1 to 1_000_000")]
    [InlineData("keys: { count: 10, zipf: -1 }", "a.keys.zipf: '-1' is negative")]
    [InlineData("keys: { count: 10, zipf: hot }", "a.keys.zipf: 'hot' is not a number such as 1.2")]
    [InlineData("keys: { count: 10, zipf: 1,5 }", "unknown key '5' in a.keys; its keys are count, zipf, scope, per_io")]
    [InlineData("data_unit_size: 3KiB, key: k", "a.data_unit_size is 3KiB; it is a power of two from 512B to 64KiB")]
    [InlineData("data_unit_size: 128KiB, key: k", "a.data_unit_size is 128KiB; it is a power of two from 512B to 64KiB")]
    public void A_mistake_is_told(string keys, string message) =>
        Assert.Contains(Samples.Errors(Text(keys)), e => e.EndsWith(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("keys: { count: 1_000_000, zipf: 1.25 }")]
    [InlineData("keys: { count: 1, zipf: 0 }")]
    [InlineData("keys: { count: 7, scope: policy }")]
    [InlineData("keys: { per_io: true }, submits_in: io-wq, iowq_max_workers: 4")]
    [InlineData("key: k, data_unit_size: 512B")]
    public void What_can_be_is_read(string keys) => Assert.Empty(Samples.Errors(Text(keys)));
}
