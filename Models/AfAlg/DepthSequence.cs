using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>The IV that a request started from and the IV that it left: bytes, or names for them.</summary>
/// <param name="Start">What was read where its IV pointer points to.</param>
/// <param name="Left">What was written there.</param>
[KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Version = "v4.14", Rules = "AA-15 AA-16")]
internal readonly record struct IvLink(IvValue Start, IvValue Left);

/// <summary>Tells from what came out how requests were chained: 1 for one that started from an IV of the user's, one more than another for one that started from what that one left.</summary>
/// <remarks>A chain of four is 1,2,3,4, the race of four that all read the same IV 1,1,1,1, and 0 stands for a request whose IV nobody left.</remarks>
[KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Version = "v4.14", Rules = "AA-15 AA-16 AA-C3")]
internal static class DepthSequence
{
    private const int Given = -1;
    private const int Nobody = -2;

    /// <summary>The depth of each request.</summary>
    /// <param name="links">Of the requests in the order of their submission.</param>
    /// <param name="given">IVs of the user's.</param>
    public static int[] Of(IReadOnlyList<IvLink> links, IEnumerable<IvValue> given)
    {
        ArgumentNullException.ThrowIfNull(links);
        int[] before = Before(links, [.. given]);
        int?[] depths = new int?[before.Length];
        Stack<int> chain = [];
        for (int i = 0; i < depths.Length; i++)
        {
            int at = i;
            for (; at >= 0 && depths[at] is null; at = before[at])
            {
                chain.Push(at);
                depths[at] = 0;   // should the chain come back here, it has no beginning
            }

            int depth = at >= 0 ? depths[at]!.Value : 0;
            bool hasBeginning = at == Given || depth > 0;
            while (chain.TryPop(out int next))
            {
                depths[next] = hasBeginning ? ++depth : 0;
            }
        }

        return [.. depths.Select(depth => depth!.Value)];
    }

    /// <summary>Of each request the one that left the IV it started from: the latest before it of several that left the same, which can matter where equal blocks are decrypted.</summary>
    private static int[] Before(IReadOnlyList<IvLink> links, HashSet<IvValue> given)
    {
        Dictionary<IvValue, int> leftBy = [];
        for (int i = links.Count - 1; i >= 0; i--)
        {
            leftBy[links[i].Left] = i;
        }

        int[] before = new int[links.Count];
        for (int i = 0; i < before.Length; i++)
        {
            before[i] = given.Contains(links[i].Start) ? Given : leftBy.GetValueOrDefault(links[i].Start, Nobody);
            leftBy[links[i].Left] = i;
        }

        return before;
    }
}
