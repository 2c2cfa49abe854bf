namespace CryptoSim.Simulator.Exploration.Capture;

/// <content>The order in which processes are written that nothing fixed reaches: first those alone of their kind, then groups of equal ones in the order of what they write.</content>
internal sealed partial class StateWriter
{
    private void FindUnreached()
    {
        _unreached.Clear();
        for (int slot = 0; slot < _simulation.SlotCount; slot++)
        {
            if (_simulation.LiveFrameAt(slot) is { } frame && !IsNumbered(frame))
            {
                frame.Kind = _layouts.Of(frame.KindType).Id;
                _unreached.Add(frame);
            }
        }
    }

    private bool IsNumbered(object value)
    {
        int place = _numbers.Find(value, out bool found);
        return found && (_numbers.StampAt(place) == _stamp || _numbers.StampAt(place) == IdentityTable.Forever);
    }

    /// <summary>Processes alone of their kind come first: what they reach is ordered by structure. Without symmetry everybody does, by slot.</summary>
    private void WriteSingles()
    {
        if (_symmetry || HasIdentities)
        {
            SortByKind();
        }

        for (int i = 0; i < _unreached.Count; i++)
        {
            if ((!_symmetry || IsAlone(i)) && !IsNumbered(_unreached[i]))
            {
                Reference(_unreached[i]);
                Drain();
            }
        }

        Byte(0);   // no reference: the end
        _unreached.RemoveAll(_isNumbered);
    }

    private void SortByKind()
    {
        for (int i = 1; i < _unreached.Count; i++)
        {
            var frame = _unreached[i];
            int kind = KindOf(frame);
            int at = i;
            while (at > 0 && KindOf(_unreached[at - 1]) > kind)
            {
                _unreached[at] = _unreached[at - 1];
                at--;
            }

            _unreached[at] = frame;
        }
    }

    private bool IsAlone(int index)
    {
        int kind = KindOf(_unreached[index]);
        return (index == 0 || KindOf(_unreached[index - 1]) != kind) && (index == _unreached.Count - 1 || KindOf(_unreached[index + 1]) != kind);
    }

    private int KindOf(ProcessFrame frame) => HasIdentities ? frame.Identity : frame.Kind;

    private void WriteSegments()
    {
        Count(_unreached.Count);
        int to;
        for (int from = 0; from < _unreached.Count; from = to)
        {
            int kind = KindOf(_unreached[from]);
            to = from + 1;
            while (to < _unreached.Count && KindOf(_unreached[to]) == kind)
            {
                to++;
            }

            WriteGroup(from, to);
        }
    }

    /// <summary>Processes of one kind: those that an earlier group has reached leave an empty place.</summary>
    private void WriteGroup(int from, int to)
    {
        _members.Clear();
        for (int i = from; i < to; i++)
        {
            if (!IsNumbered(_unreached[i]))
            {
                _members.Add(_unreached[i]);
            }
        }

        for (int reached = to - from - _members.Count; reached > 0; reached--)
        {
            Byte(0);
        }

        if (_members.Count == 1)
        {
            WriteFinal(_members[0]);
        }
        else if (_members.Count > 1)
        {
            WriteMembers();
        }
    }

    /// <summary>Each member as if it were the first; in the order of their bytes they are final, unless two of them reach the same object.</summary>
    private void WriteMembers()
    {
        (int start, int count, int ordered) = (_length, _count, _order.Count);
        _isShared = false;
        CompareMembers();
        _segments.Sort(_bytes);
        if (!_isShared)
        {
            _segments.Apply(_bytes, start, _order, ordered);
            Renumber(count);
            return;
        }

        while (_members.Count > 1)
        {
            var least = _segments[0];
            Rewind(start, count, ordered);
            WriteFinal(least);
            (start, count, ordered) = (_length, _count, _order.Count);
            DropNumbered(ref start);
            CompareMembers();
            _segments.Sort(_bytes);
        }

        Rewind(start, count, ordered);
        if (_members.Count == 1)
        {
            WriteFinal(_members[0]);
        }
    }

    private void CompareMembers()
    {
        _segments.Clear();
        for (int i = 0; i < _members.Count && _members.Count > 1; i++)
        {
            (int start, int firstFrame, int firstObject) = (_length, _order.Count, _count);
            WriteSegment(_members[i]);
            _segments.Add(new Segment
            {
                Frame = _members[i],
                Start = start,
                End = _length,
                FirstFrame = firstFrame,
                EndFrame = _order.Count,
                FirstObject = firstObject,
                EndObject = _count,
            });
        }
    }

    private void WriteSegment(ProcessFrame frame)
    {
        _segmentStamp = ++_lastStamp;
        _base = _count;
        Reference(frame);
        Drain();
        _segmentStamp = _stamp;
    }

    /// <summary>A segment that stays where it is; what it reaches has its number for all that follow.</summary>
    private void WriteFinal(ProcessFrame frame)
    {
        int first = _count;
        WriteSegment(frame);
        for (int i = first; i < _count; i++)
        {
            _numbers.Restamp(_numbers.Find(_objects[i], out _), _stamp);
        }
    }

    private void Rewind(int length, int count, int ordered)
    {
        (_length, _count, _drained) = (length, count, count);
        _order.RemoveRange(ordered, _order.Count - ordered);
    }

    /// <summary>Members that the last one has reached leave an empty place.</summary>
    private void DropNumbered(ref int length)
    {
        for (int i = _members.Count - 1; i >= 0; i--)
        {
            if (IsNumbered(_members[i]))
            {
                bool isLast = ReferenceEquals(_members[i], _segments[0]);
                _members.RemoveAt(i);
                if (!isLast)
                {
                    Byte(0);
                }
            }
        }

        length = _length;
    }

    /// <summary>The objects of sorted segments are numbered in their order.</summary>
    private void Renumber(int first)
    {
        int number = first;
        for (int s = 0; s < _segments.Count; s++)
        {
            for (int i = _segments.FirstObjectOf(s); i < _segments.EndObjectOf(s); i++)
            {
                _numbers.Put(_numbers.Find(_objects[i], out _), _objects[i], number++, _stamp);
            }
        }
    }
}
