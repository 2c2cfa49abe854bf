using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>What came out tells how requests were chained (AA-C3).</summary>
public sealed class DepthSequenceTests
{
    private static readonly IvValue User = IvValue.Parse(AfAlgScene.Iv);

    [Theory]
    [InlineData("1234", "1,2,3,4")]
    [InlineData("1111", "1,1,1,1")]
    [InlineData("1122", "1,1,2,2")]
    [InlineData("1212", "1,2,1,2")]
    [InlineData("1324", "1,3,2,4")]   // a batch that was tried again: the third block stands before the second
    public void Blocks_of_the_chain_in_any_order_are_their_depths(string blocks, string depths)
    {
        using LinkReader reader = new(BlockMode.Cbc, Convert.FromHexString(AfAlgScene.Key), isEncryption: true);
        IvLink[] links = [.. blocks.Select(c => reader.Read(Convert.FromHexString(AfAlgScene.Block), Convert.FromHexString(AfAlgScene.Chain[c - '1'])))];

        Assert.Equal(depths, string.Join(',', DepthSequence.Of(links, [User])));
    }

    [Fact]
    public void A_request_that_started_from_nobodys_IV_and_all_that_follow_it_have_no_depth()
    {
        IvValue other = new(1, 2);
        IvLink[] links = [new(User, new(3, 3)), new(other, new(4, 4)), new(new(4, 4), new(5, 5)), new(new(3, 3), new(6, 6))];

        Assert.Equal([1, 0, 0, 2], DepthSequence.Of(links, [User]));
        Assert.Equal([1, 1, 2, 2], DepthSequence.Of(links, [User, other]));
    }

    [Fact]
    public void A_circle_has_no_beginning() =>
        Assert.Equal([0, 0, 0], DepthSequence.Of([new(new(1, 1), new(2, 2)), new(new(2, 2), new(1, 1)), new(new(2, 2), new(9, 9))], [User]));

    [Fact]
    public void Equal_blocks_that_are_decrypted_leave_the_same_and_the_latest_of_them_is_taken()
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Operation = AlgOp.Decrypt, Iovecs = 4, Serialize = Serialize.Mutex });

        Assert.Equal("1,2,3,4", result.Depths());
    }

    [Fact]
    public void The_bytes_the_names_for_them_and_the_model_tell_the_same_depths_in_the_same_run() =>
        Properties.Check(Cases(), Agrees, tests: 150);

    [Fact]
    public void Scenes_of_that_property_race_in_many_ways()
    {
        HashSet<string> seen = [.. Gen.Sample(Cases().Generator, 60, 60).Select(scene => AfAlgScene.Run(scene.User(Content.Real), scene.Engine).Outputs.SingleOrDefault()?.Depths ?? "")];

        Assert.InRange(seen.Count, 15, 60);
    }

    private static void Agrees(Case scene)
    {
        IReadOnlyList<int> model = [];
        MachineResult real = AfAlgScene.Run(scene.User(Content.Real), scene.Engine, group => model = group.FirstBuffer.ModelDepths);
        MachineResult symbolic = AfAlgScene.Run(scene.User(Content.Symbolic), scene.Engine);

        Assert.Equal((real.End.Fingerprint, real.End.Ends, real.End.Message), (symbolic.End.Fingerprint, symbolic.End.Ends, symbolic.End.Message));
        Assert.Equal(real.Outputs.Select(output => output.Depths), symbolic.Outputs.Select(output => output.Depths));
        Assert.All(symbolic.Outputs, output => Assert.Empty(output.Hex));
        Assert.All(real.Outputs, output => Assert.Equal(string.Join(',', model), output.Depths));
    }

    private static FsCheck.Arbitrary<Case> Cases() => Arb.From(
        from serialize in Gen.Elements(Enum.GetValues<Serialize>())
        from latch in Gen.Elements(Enum.GetValues<Latch>())
        from dependency in Gen.Elements(latch == Latch.AtEngineStart ? Enum.GetValues<Dependency>() : [Dependency.None, Dependency.SoftwareQueue])
        from engines in Gen.Choose(1, 3)
        from setup in Gen.Choose(1, 60)
        from build in Gen.Choose(0, 15)
        from ios in Gen.Choose(1, 70)
        from depth in Gen.Choose(1, 16)
        from mode in Gen.Elements(BlockMode.Cbc, BlockMode.Ctr)
        from op in Gen.Elements(AlgOp.Encrypt, AlgOp.Decrypt)
        from isKcapi in Gen.Elements(true, false)
        select new Case(serialize, latch, dependency, engines, setup, build, ios, depth, mode, op, isKcapi));

    private sealed record Case(
        Serialize Serialize, Latch Latch, Dependency Dependency, int Engines, int Setup, int Build, int Ios, int Depth, BlockMode Mode, AlgOp Op, bool IsKcapi)
    {
        public CbcEngineOptions Engine => AfAlgScene.Slow with
        {
            Latch = Latch,
            Dependency = Dependency,
            Engines = Engines,
            BuildMap = Duration.FromMicroseconds(Build),
            Setup = Scene.Service(Duration.FromMicroseconds(Setup)),
        };

        /// <summary>kcapi encrypts, for equal blocks that are decrypted do not tell who left them.</summary>
        public WorkloadOptions User(Content content) => IsKcapi ? Kcapi(content) : AfAlg(content);

        private KcapiOptions Kcapi(Content content) => AfAlgScene.Kcapi with
        {
            Serialize = Serialize,
            Iovecs = Ios,
            Content = content,
            Cipher = Mode == BlockMode.Cbc ? KcapiCipher.CbcAes : KcapiCipher.CtrAes,
            OnEbusy = KcapiRetry.RetryBatch,
        };

        private AfAlgOptions AfAlg(Content content) => new()
        {
            Engine = "eng0",
            Serialize = Serialize,
            NumberIos = Ios,
            Iodepth = Depth,
            Mode = Mode,
            Op = Op,
            Bs = new DataSize(48),
            Content = content,
            OnEbusy = OnRefused.Retry,
        };
    }
}
