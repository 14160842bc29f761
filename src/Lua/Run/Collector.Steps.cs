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

    /// <summary>
    /// What it takes to mark each object with the strings in it: the collector never stops within one, and sleeps for
    /// as long as a large one has been too much.
    /// </summary>
    private readonly Queue<long> _pieces = new();

    private bool _takesPieces;
    private long _estimate;

    /// <summary>
    /// A cycle for want of memory finds objects whose finalizer is due, and the next step calls them (lgc.c). Here the
    /// next step finds them, as only then no native function holds what the stack does not.
    /// </summary>
    private bool _followsEmergency;

    private enum Phase
    {
        Pause,
        Mark,
        Sweep,
        Finalize,
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
        do debt -= Work();
        while (debt > -StepBytes && _phase != Phase.Pause);
        if (_phase == Phase.Pause) heap.SetDebt(heap.Asked - (_estimate / 100 * heap.Pause));
        else
        {
            heap.SetDebt(debt / multiplier * MultiplierUnit);
            AllowFew();
        }
    }

    /// <summary>A piece of work; how much it was.</summary>
    private long Work()
    {
        switch (_phase)
        {
            case Phase.Pause:
                // Without this, finalizers would wait for as long as emergencies end every cycle.
                TakePiecesOfBase();
                _takesPieces = true;
                if (_followsEmergency) MarkAll();
                else MarkEverythingKept();
                (_followsEmergency, _takesPieces) = (false, false);
                FitStacks();
                ForgetFound();
                _phase = Phase.Mark;
                return machine.Heap.TextTableBytes;
            case Phase.Mark when _pieces.TryDequeue(out var piece):
                return piece;
            case Phase.Mark:
                MarkAll();
                BeginSweep();
                _estimate = machine.Heap.Asked;
                _phase = Phase.Sweep;
                return 0; // What is looked at once more in that moment is not counted as work.
            case Phase.Sweep:
                var before = machine.Heap.Asked;
                var more = machine.Heap.Sweep(SweptTogether);
                if (!more) machine.Heap.FitTextTable();
                _estimate += machine.Heap.Asked - before;
                if (more) return SweptTogether * SweepWork;
                _phase = Phase.Finalize;
                return 0;
            case Phase.Finalize when _due.Count > _allowed:
                return AllowFew() * SweepWork;
            default:
                _phase = Phase.Pause;
                return 0;
        }
    }

    /// <summary>
    /// What the libraries hold comes first: tables and strings of some hundred bytes, but not Lua's state and fixed
    /// strings.
    /// </summary>
    private void TakePiecesOfBase()
    {
        const int Piece = 300;
        const int NeverMarked = 2048;
        _pieces.Clear();
        var left = machine.Options.HeapBase - machine.Heap.TextTableBytes - NeverMarked;
        for (; left > 0; left -= Piece) _pieces.Enqueue(Piece);
    }

    /// <summary>A cycle, unless it is one for want of memory, makes stacks smaller when it first sees them.</summary>
    private void FitStacks()
    {
        if (!machine.Heap.HasBlocks) return;
        foreach (var thread in _threads) thread.FitBlocks(machine.Heap, SlotsLeft(thread));
    }

    /// <summary>A cycle at once begins: what an unfinished one has found out goes first.</summary>
    private void Abandon(bool fits)
    {
        if (_phase == Phase.Sweep) machine.Heap.SweepAll();
        if (fits && _phase is (Phase.Mark or Phase.Sweep)) machine.Heap.FitTextTable();
        _phase = Phase.Pause;
    }
}
