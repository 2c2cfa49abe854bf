using System.Text;

namespace CryptoSim.Cli.Rendering;

/// <summary>The lanes of one line of a trace: one character for each column, so that arrows can be drawn over them.</summary>
internal sealed class LaneRow
{
    private readonly char[] _marks;
    private readonly Tone[] _tones;
    private readonly int _pitch;

    /// <param name="marks">What each lane shows when nothing happens on it.</param>
    /// <param name="pitch">[columns] From lane to lane.</param>
    public LaneRow(IReadOnlyList<char> marks, int pitch)
    {
        _pitch = pitch;
        _marks = new char[marks.Count * pitch];
        _tones = new Tone[_marks.Length];
        Array.Fill(_marks, ' ');
        Array.Fill(_tones, Tone.Dim);
        for (int i = 0; i < marks.Count; i++)
        {
            Put(i * pitch, marks[i], marks[i] == 'D' ? Tone.Bad : Tone.Dim);
        }
    }

    /// <summary>A step of a lane.</summary>
    public LaneRow Step(int lane, Tone tone)
    {
        Put(lane * _pitch, 'o', tone);
        return this;
    }

    /// <summary>An arrow from a step to another lane; one that is refused ends before it.</summary>
    public LaneRow Arrow(int from, int to, bool refused, Tone tone)
    {
        int step = to > from ? 1 : -1;
        int end = to * _pitch - step * (refused ? 2 : 1);
        for (int at = from * _pitch + step; at != end; at += step)
        {
            Put(at, '-', tone);
        }

        Put(end, refused ? 'X' : step > 0 ? '>' : '<', tone);
        return this;
    }

    /// <summary>An arrow that never comes: broken, ending in a cross at the one who waits.</summary>
    public LaneRow Never(int from, int to, Tone tone)
    {
        int step = to > from ? 1 : -1;
        int end = to * _pitch - 2 * step;
        for (int at = from * _pitch - step * -2; at != end && Math.Abs(at - end) < _marks.Length; at += step)
        {
            Put(at, (at & 1) == 0 ? '-' : ' ', tone);
        }

        Put(end, 'X', tone);
        return this;
    }

    /// <summary>Appends the lanes to a line.</summary>
    public void AppendTo(Line line)
    {
        var run = new StringBuilder();
        for (int i = 0; i < _marks.Length; i++)
        {
            run.Append(_marks[i]);
            if (i + 1 == _marks.Length || _tones[i + 1] != _tones[i])
            {
                line.Add(run.ToString(), _tones[i]);
                run.Clear();
            }
        }
    }

    private void Put(int at, char mark, Tone tone)
    {
        if (at >= 0 && at < _marks.Length)
        {
            (_marks[at], _tones[at]) = (mark, tone);
        }
    }
}
