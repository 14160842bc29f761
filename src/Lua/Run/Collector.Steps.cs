namespace AirHil.Lua.Run;

/// <summary>
/// The module's heap is collected in steps, as PUC-Rio's collector goes (lgc.c): so much work for so many bytes that
/// were allocated, a phase that marks, a moment in which all is decided, and a phase that gives back. So what is no
/// longer used lies in the heap for as long as it does on a module. The marking itself is done at once, at that moment.
/// </summary>
internal sealed partial class Collector
{
    /// <summary>GCSTEPSIZE: a hundred string headers of 16 bytes.</summary>
    private const int StepBytes = 1600;

    /// <summary>GCSWEEPMAX and GCSWEEPCOST: objects that are looked at together, and the work of each.</summary>
    private const int SweptTogether = 80;

    private const int SweepWork = 5;

    /// <summary>STEPMULADJ.</summary>
    private const int MultiplierUnit = 200;

    private Phase _phase;
    private long _markLeft;
    private long _estimate;

    private enum Phase
    {
        Pause,
        Mark,
        Sweep,
    }

    /// <summary>An automatic step, or a whole cycle where bytes are only counted (luaC_step).</summary>
    public void Step()
    {
        var heap = machine.Heap;
        if (!heap.HasBlocks)
        {
            Collect();
            return;
        }

        var multiplier = Math.Max(heap.StepMultiplier, 40);
        var debt = ((heap.Debt / MultiplierUnit) + 1) * multiplier;
        do debt -= Work(debt + StepBytes);
        while (debt > -StepBytes && _phase != Phase.Pause);
        if (_phase == Phase.Pause) heap.SetDebt(heap.Asked - (_estimate / 100 * heap.Pause));
        else heap.SetDebt(debt / multiplier * MultiplierUnit);
    }

    /// <summary>A piece of work; how much it was.</summary>
    private long Work(long wanted)
    {
        switch (_phase)
        {
            case Phase.Pause:
                MarkEverythingKept();
                FitStacks();
                ForgetFound();
                _markLeft = _sum;
                _phase = Phase.Mark;
                return machine.Heap.TextTableBytes;
            case Phase.Mark when _markLeft > 0:
                var marked = Math.Min(_markLeft, Math.Max(wanted, 1));
                _markLeft -= marked;
                return marked;
            case Phase.Mark:
                MarkAll();
                BeginSweep();
                _estimate = machine.Heap.Asked;
                _phase = Phase.Sweep;
                return 0; // What is looked at once more in that moment is not counted as work.
            default:
                var before = machine.Heap.Asked;
                var more = machine.Heap.Sweep(SweptTogether);
                if (!more) machine.Heap.FitTextTable();
                _estimate += machine.Heap.Asked - before;
                if (more) return SweptTogether * SweepWork;
                _phase = Phase.Pause;
                return 0;
        }
    }

    /// <summary>A cycle, unless it is one for want of memory, makes stacks smaller when it first sees them.</summary>
    private void FitStacks()
    {
        if (!machine.Heap.HasBlocks) return;
        foreach (var thread in _threads) thread.FitBlocks(machine.Heap, SlotsLeft(thread));
    }

    /// <summary>A cycle at once begins: what an unfinished one has found out goes first.</summary>
    private void Abandon()
    {
        if (_phase == Phase.Sweep) machine.Heap.SweepAll();
        _phase = Phase.Pause;
    }
}
