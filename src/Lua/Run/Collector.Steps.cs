using AirHil.Lua.Memory;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// The module's heap is collected in steps, as PUC-Rio's collector goes (lgc.c): so much work for so many bytes that
/// were allocated, a phase that marks, a moment in which all is decided, and a phase that gives back. So what is no
/// longer used lies in the heap for as long as it does on a module.
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
    /// What it takes to mark what the libraries hold and the model does not: the library of strings, behind their
    /// metatable, and the metatables of userdata, behind the table of loaded modules (V1112's libraries as a 32-bit
    /// program).
    /// </summary>
    private static readonly int[] BasePieces = [24, 72, 72, 72, 268, 72, 72, 32, 72, 112, 72, 72];

    /// <summary>The names of libraries and functions among the globals, which are marked with the table.</summary>
    private const int GlobalNames = 2057;

    /// <summary>The names of metatables in the registry, and the room for them.</summary>
    private const int RegistryNames = 567;

    /// <summary>The names of loaded modules, and the room for them.</summary>
    private const int LoadedNames = 183;

    /// <summary>The name of the only function of <c>package</c>.</summary>
    private const int PackageNames = 23;

    private static readonly LuaValue LoadedName = "_LOADED";
    private static readonly LuaValue PackageName = "package";

    private LuaTable? _package;
    private int _nextBasePiece;
    private int _basePiecesDue;

    /// <summary>
    /// Marks are set before the moment that decides, an object at a time: the collector sleeps for as long as a large
    /// one has been too much. What they reach stays for this cycle, whatever becomes of it.
    /// </summary>
    private bool _isAhead;

    /// <summary>Objects with finalizers that the sweep looks at last, in batches.</summary>
    private int _batches;

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
                if (_followsEmergency) MarkAll();
                _followsEmergency = false;
                return BeginAhead();
            case Phase.Mark when _isAhead:
                return MarkAhead();
            case Phase.Mark:
                MarkAll(keepsAhead: true);
                BeginSweep();
                machine.Heap.Sweep(1);
                _estimate = machine.Heap.Asked;
                _batches = ((_finalizable.Count - 1) / SweptTogether) + ((_due.Count - 1) / SweptTogether);
                _phase = Phase.Sweep;
                return 0; // What is looked at once more in that moment is not counted as work.
            case Phase.Sweep:
                return Sweep();
            case Phase.Finalize when _due.Count > _allowed:
                return AllowFew() * SweepWork;
            default:
                _phase = Phase.Pause;
                return 0;
        }
    }

    private long BeginAhead()
    {
        MarkRoots(clearsStacks: false);
        (_isAhead, _nextBasePiece, _basePiecesDue) = (true, 0, 0);
        _phase = Phase.Mark;
        return machine.Heap.TextTableBytes + _sum;
    }

    /// <summary>Marks the next object, with the strings in it.</summary>
    private long MarkAhead()
    {
        if (_nextBasePiece < Math.Min(_basePiecesDue, BasePieces.Length)) return BasePieces[_nextBasePiece++];
        if (_nextBasePiece < _basePiecesDue)
        {
            _nextBasePiece++;
            if (machine.Heap.BufferMetatableBytes is > 0 and var bytes) return bytes;
        }

        var before = _sum;
        if (_gray.TryPop(out var obj))
        {
            Traverse(obj);
            _sum += NamesIn(obj);
        }

        _isAhead = _gray.Count > 0;
        return _sum - before;
    }

    /// <summary>What the libraries add to a table; their other pieces may follow.</summary>
    private long NamesIn(HeapObject obj)
    {
        if (obj is not LuaTable) return 0;
        if (ReferenceEquals(obj, machine.TypeMetatables[(int)LuaType.String])) _basePiecesDue = 1;
        if (ReferenceEquals(obj, machine.Registry)) return RegistryNames;
        if (ReferenceEquals(obj, _package)) return PackageNames;
        if (ReferenceEquals(obj, machine.Globals))
        {
            _package = machine.Globals[PackageName].AsTable;
            return GlobalNames;
        }

        if (_basePiecesDue > 1 || !ReferenceEquals(obj, machine.Registry[LoadedName].AsTable)) return 0;
        _basePiecesDue = BasePieces.Length + 1;
        return LoadedNames;
    }

    private long Sweep()
    {
        var heap = machine.Heap;
        if (heap.IsSweeping)
        {
            var before = heap.Asked;
            var more = heap.Sweep(SweptTogether);
            _estimate += heap.Asked - before;
            return more ? SweptTogether * SweepWork : 0;
        }

        if (_batches-- > 0) return SweptTogether * SweepWork;
        var asked = heap.Asked;
        heap.FitTextTable();
        _estimate += heap.Asked - asked;
        _phase = Phase.Finalize;
        return 0;
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
        if (machine.Heap.IsSweeping) machine.Heap.SweepAll();
        if (fits && _phase is (Phase.Mark or Phase.Sweep)) machine.Heap.FitTextTable();
        (_phase, _isAhead) = (Phase.Pause, false);
    }
}
