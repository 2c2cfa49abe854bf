using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto;

public sealed class KeyslotTableTests
{
    private readonly BlkCryptoKey[] _keys = [.. "ABCDE".Select((name, number) => new BlkCryptoKey($"{name}", number, DataSize.FromKibibytes(4)))];

    [Fact]
    public void A_new_table_is_empty_and_idle_in_the_order_of_its_numbers() =>
        Assert.Equal("s0(-x0) s1(-x0) s2(-x0) | 0 1 2", Show(new KeyslotTable(3)));

    /// <summary>
    /// Two slots, worked out by hand from KS-1 to KS-18. After each step: the slots with their keys and references, then the
    /// idle ones, the next victim first.
    /// <code>
    ///   1 get A    miss, victim s0 (head)                          s0(A,1) s1(-,0) | 1
    ///   2 get A    hit, nothing programmed                         s0(A,2) s1(-,0) | 1
    ///   3 get B    miss, victim s1                                 s0(A,2) s1(B,1) |
    ///   4 get C    miss, none idle: nothing changes                s0(A,2) s1(B,1) |
    ///   5 put s0   one reference left: not idle                    s0(A,1) s1(B,1) |
    ///   6 put s1   idle, at the tail                               s0(A,1) s1(B,0) | 1
    ///   7 put s0   idle, at the tail, behind s1                    s0(A,0) s1(B,0) | 1 0
    ///   8 get A    hit from the tail: s1 stays the victim          s0(A,1) s1(B,0) | 1
    ///   9 get C    miss, victim s1, B is lost                      s0(A,1) s1(C,1) |
    ///  10 put s1                                                   s0(A,1) s1(C,0) | 1
    ///  11 put s0                                                   s0(A,0) s1(C,0) | 1 0
    ///  12 get C    hit from the head                               s0(A,0) s1(C,1) | 0
    ///  13 put s1   to the tail                                     s0(A,0) s1(C,0) | 0 1
    ///  14 evict C  emptied where it stands                         s0(A,0) s1(-,0) | 0 1
    ///  15 get D    miss, victim s0: A is lost, empty s1 is not     s0(D,1) s1(-,0) | 1
    ///              looked for
    ///  16 get A    miss, victim s1                                 s0(D,1) s1(A,1) |
    ///  17 evict D  in use: unlinked all the same, orphaned         s0(-,1) s1(A,1) |
    ///  18 get D    miss, none idle: the orphan is not found        s0(-,1) s1(A,1) |
    ///  19 put s0   the orphan is idle, at the tail                 s0(-,0) s1(A,1) | 0
    ///  20 get D    miss, victim s0                                 s0(D,1) s1(A,1) |
    /// </code>
    /// </summary>
    [Fact]
    public void Two_slots_take_twenty_steps_as_worked_out_by_hand()
    {
        (string Step, string After)[] trace =
        [
            ("get A: s0 programmed", "s0(Ax1) s1(-x0) | 1"),
            ("get A: s0 hit", "s0(Ax2) s1(-x0) | 1"),
            ("get B: s1 programmed", "s0(Ax2) s1(Bx1) |"),
            ("get C: none", "s0(Ax2) s1(Bx1) |"),
            ("put 0", "s0(Ax1) s1(Bx1) |"),
            ("put 1", "s0(Ax1) s1(Bx0) | 1"),
            ("put 0", "s0(Ax0) s1(Bx0) | 1 0"),
            ("get A: s0 hit", "s0(Ax1) s1(Bx0) | 1"),
            ("get C: s1 programmed", "s0(Ax1) s1(Cx1) |"),
            ("put 1", "s0(Ax1) s1(Cx0) | 1"),
            ("put 0", "s0(Ax0) s1(Cx0) | 1 0"),
            ("get C: s1 hit", "s0(Ax0) s1(Cx1) | 0"),
            ("put 1", "s0(Ax0) s1(Cx0) | 0 1"),
            ("evict C", "s0(Ax0) s1(-x0) | 0 1"),
            ("get D: s0 programmed", "s0(Dx1) s1(-x0) | 1"),
            ("get A: s1 programmed", "s0(Dx1) s1(Ax1) |"),
            ("evict D", "s0(-x1) s1(Ax1) |"),
            ("get D: none", "s0(-x1) s1(Ax1) |"),
            ("put 0", "s0(-x0) s1(Ax1) | 0"),
            ("get D: s0 programmed", "s0(Dx1) s1(Ax1) |"),
        ];
        KeyslotTable table = new(2);
        foreach ((string step, string after) in trace)
        {
            Assert.Equal(step, Do(table, step));
            Assert.Equal(after, Show(table));
        }
    }

    [Fact]
    public void With_three_slots_the_victim_is_the_one_idle_for_longest_and_a_hit_makes_it_the_youngest()
    {
        KeyslotTable table = new(3);
        string[] steps = ["get A: s0 programmed", "get B: s1 programmed", "get C: s2 programmed", "put 1", "put 2", "put 0", "get B: s1 hit", "put 1"];
        Array.ForEach(steps, step => Assert.Equal(step, Do(table, step)));

        Assert.Equal("s0(Ax0) s1(Bx0) s2(Cx0) | 2 0 1", Show(table));
        Assert.Equal("get D: s2 programmed", Do(table, "get D: s2 programmed"));
    }

    [Fact]
    public void Keys_that_share_a_bucket_are_told_apart_and_leave_it_from_any_place()
    {
        BlkCryptoKey[] keys = [.. Enumerable.Range(0, 4).Select(i => new BlkCryptoKey($"k{i}", 4 * i, DataSize.FromKibibytes(4)))];
        KeyslotTable table = new(4);
        Array.ForEach(keys, key => table.Programmed(table.Victim!, key));

        foreach (int leaves in (int[])[1, 3, 0])
        {
            table.Clear(table.Find(keys[leaves])!);
            Assert.Null(table.Find(keys[leaves]));
        }

        Assert.Equal(2, table.Find(keys[2])!.Number);
    }

    [Fact]
    public void A_key_is_the_object_and_not_what_it_is_called()
    {
        KeyslotTable table = new(2);
        table.Programmed(table.Victim!, _keys[0]);

        Assert.Null(table.Find(new BlkCryptoKey("A", 0, DataSize.FromKibibytes(4))));
    }

    [Fact]
    public void A_slot_in_use_is_not_programmed_and_a_reference_is_not_put_twice()
    {
        KeyslotTable table = new(1);
        Keyslot slot = table.Victim!;
        table.Programmed(slot, _keys[0]);

        Assert.Throws<InvariantException>(() => table.Programmed(slot, _keys[1]));
        Assert.True(table.Put(slot));
        Assert.Throws<InvariantException>(() => table.Put(slot));
    }

    private string Do(KeyslotTable table, string step)
    {
        string[] words = step.Split(' ', ':');
        if (words[0] == "put")
        {
            table.Put(table[words[1][0] - '0']);
            return step;
        }

        BlkCryptoKey key = _keys[words[1][0] - 'A'];
        if (words[0] == "evict")
        {
            table.Clear(table.Find(key)!);
            return step;
        }

        if (table.TryGrab(key) is { } hit)
        {
            return $"get {words[1]}: s{hit.Number} hit";
        }

        if (table.Victim is not { } victim)
        {
            return $"get {words[1]}: none";
        }

        table.Programmed(victim, key);
        return $"get {words[1]}: s{victim.Number} programmed";
    }

    private static string Show(KeyslotTable table) =>
        string.Join(' ', Enumerable.Range(0, table.Count).Select(n => $"s{n}({table[n].Key?.Label.Split(' ')[1] ?? "-"}x{table[n].References})"))
        + string.Concat(table.IdleInOrder().Select(slot => " " + slot.Number).Prepend(" |"));
}
