namespace AirHil.Rig.Comparison;

/// <summary>
/// Finds for the events of one sequence their counterparts in the other, in order. Where the two part, it looks ahead
/// for the nearest place from which they go together again; what it cannot find within the window has no counterpart.
/// </summary>
internal sealed class LaneAligner(ComparisonTally tally, bool ordered)
{
    /// <summary>How far it looks ahead for the place from which the two go together again.</summary>
    private const int Lookahead = 256;

    /// <summary>How many events may wait on one side while the other is silent.</summary>
    private const int MostWaiting = 4096;

    /// <summary>How many events in a row must be equal to say that the two go together.</summary>
    private const int Run = 3;

    private readonly ushort[] _longest = new ushort[(Lookahead + 1) * (Lookahead + 1)];
    private readonly EventQueue _left = new();
    private readonly EventQueue _right = new();
    private readonly PairJudge _judge = new(tally, ordered);

    public void AddLeft(in ComparedEvent e)
    {
        _left.Add(e);
        Settle(false);
    }

    public void AddRight(in ComparedEvent e)
    {
        _right.Add(e);
        Settle(false);
    }

    /// <summary>Nothing more comes.</summary>
    public void Finish() => Settle(true);

    private void Settle(bool isOver)
    {
        while (true)
        {
            while (_left.Count > 0 && _right.Count > 0 && _left[0].Key == _right[0].Key)
            {
                _judge.Pair(_left.Take(), _right.Take());
            }

            if (_left.Count == 0 && _right.Count == 0) return;
            var waits = Math.Min(_left.Count, _right.Count) < Lookahead
                && Math.Max(_left.Count, _right.Count) < MostWaiting;
            if (!isOver && waits) return;
            var (left, right) = Rejoin(isOver);
            Part(left, right);
        }
    }

    /// <summary>How many events of each side have no equal counterpart before the two go together again.</summary>
    private (int Left, int Right) Rejoin(bool isOver)
    {
        var (most, other) = (Math.Min(_left.Count, Lookahead), Math.Min(_right.Count, Lookahead));
        (int Left, int Right)? found = null;
        for (var distance = 1; distance <= most + other; distance++)
        {
            var best = found is { } earlier ? Shift(earlier) : TimeSpan.MaxValue;
            var begun = found;
            for (var left = Math.Max(0, distance - other); left <= Math.Min(distance, most); left++)
            {
                var right = distance - left;
                if (!GoTogether(left, right, isOver)) continue;
                var shift = Shift((left, right));
                if (found is not null && shift >= best) continue;
                (found, best) = ((left, right), shift);
            }

            // One step farther is looked at as well: it is the better place if the times fit there and not here.
            if (begun is not null || (found is not null && best == TimeSpan.Zero)) break;
        }

        return found ?? (most, other);
    }

    private bool GoTogether(int left, int right, bool isOver)
    {
        var run = Math.Min(Run, Math.Min(_left.Count - left, _right.Count - right));
        if (run == 0) return false;
        if (run < Run && !isOver) return false;
        for (var i = 0; i < run; i++)
        {
            if (_left[left + i].Key != _right[right + i].Key) return false;
        }

        return true;
    }

    private TimeSpan Shift((int Left, int Right) place) => _judge.Shift(_left[place.Left], _right[place.Right]);

    /// <summary>
    /// Of so many events of each side the most that can be paired in order are (their longest common subsequence); the
    /// others differ.
    /// </summary>
    private void Part(int left, int right)
    {
        var width = right + 1;
        for (var i = left - 1; i >= 0; i--)
        {
            for (var j = right - 1; j >= 0; j--)
            {
                _longest[(i * width) + j] = _left[i].Key == _right[j].Key
                    ? (ushort)(At(i + 1, j + 1) + 1)
                    : Math.Max(At(i + 1, j), At(i, j + 1));
            }
        }

        var (one, other, leftBefore, rightBefore) = (0, 0, 0, 0);
        while (one < left && other < right)
        {
            if (_left[leftBefore].Key == _right[rightBefore].Key)
            {
                Differ(leftBefore, rightBefore);
                (leftBefore, rightBefore) = (0, 0);
                _judge.Pair(_left.Take(), _right.Take());
                (one, other) = (one + 1, other + 1);
            }
            else if (At(one + 1, other) >= At(one, other + 1))
            {
                (one, leftBefore) = (one + 1, leftBefore + 1);
            }
            else
            {
                (other, rightBefore) = (other + 1, rightBefore + 1);
            }
        }

        Differ(leftBefore + left - one, rightBefore + right - other);

        ushort At(int i, int j) => i >= left || j >= right ? (ushort)0 : _longest[(i * width) + j];
    }

    private void Differ(int left, int right)
    {
        while (left > 0 || right > 0)
        {
            if (left > 0 && right > 0 && tally.SameKind(_left[0], _right[0]))
            {
                _judge.Changed(_left.Take(), _right.Take());
                (left, right) = (left - 1, right - 1);
                continue;
            }

            // Of two kinds that do not fit, the side that has more left over gives way.
            if (left > 0 && (left >= right || right == 0))
            {
                tally.Missing(_left.Take());
                left--;
            }
            else
            {
                tally.Added(_right.Take());
                right--;
            }
        }
    }
}
