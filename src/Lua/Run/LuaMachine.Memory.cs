using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

internal abstract partial class LuaMachine
{
    /// <summary>Objects of the libraries, which every collection marks.</summary>
    private const long LibraryObjects = 1000;

    /// <summary>Bytes of a small object, where a heap counts bytes and no objects.</summary>
    private const long ObjectBytes = 64;

    /// <summary>Whether the next start has its coroutine.</summary>
    private bool _isMainReady;

    public override void StartClosing() => Start(CloseFunction);

    public override void TakeHeapBase(long bytes)
    {
        MakeMain();
        _isMainReady = true;
        Heap.TakeBase(bytes);
        foreach (ref readonly var node in Globals.Nodes.AsSpan())
        {
            if (node.Key.AsString is { } name) Heap.AddBaseText(name);
        }

        foreach (var name in MetamethodNames.All) Heap.AddBaseText(name);
        foreach (var word in TokenText.Keywords) Heap.AddBaseText(LuaString.FromText(word));
        Heap.AddBaseText(LuaString.FromText("_ENV"));
    }

    /// <summary>
    /// Frames that are there when main.lua starts: that of the C function which loads it, and one in which the
    /// libraries were opened.
    /// </summary>
    private const int MainFrames = 2;

    private void MakeMain()
    {
        Main = new LuaThread(this) { Status = ThreadStatus.Running };
        if (!Heap.HasBlocks) return;
        Main.BeMain();
        Main.TakeBlocks(Heap);
        Main.TakeFrames(MainFrames);
    }

    public override void Collect() => Collector.Collect();

    public override void ChargeCollection() => Charge(
        (Heap.HasBlocks ? Heap.Objects : LibraryObjects + (Heap.Used / ObjectBytes))
        / LibraryWork.CollectedObjectsPerInstruction);

    /// <summary>In a full heap each allocation makes a full collection, which takes the module's time.</summary>
    private void RecountForAllocation()
    {
        ChargeCollection();
        Collector.Recount();
    }

    internal override LuaObject? TakeFinalizable() => Collector.TakeDue();

    internal override void FinalizeAll() => Collector.FinalizeAll();

    /// <summary>
    /// An automatic collection between two instructions; what lies from <paramref name="top"/> on in the frame is dead.
    /// True: finalizers were called.
    /// </summary>
    protected bool CollectAt(LuaThread thread, CallInfo frame, int top)
    {
        thread.Top = top;
        Collector.Step();
        thread.Top = frame.Top;
        return CallFinalizers(thread);
    }

    /// <summary>
    /// After a native function. On the module's heap it has collected by itself, where it made something, and a debt
    /// that is left waits for the next object.
    /// </summary>
    protected bool CollectAfterCall(LuaThread thread, CallInfo frame) =>
        Heap.HasBlocks ? CallFinalizers(thread) : CollectAt(thread, frame, frame.Top);

    /// <summary>
    /// Calls finalizers that are due, one on top of the frame at a time; true: at least one was called.
    /// </summary>
    private bool CallFinalizers(LuaThread thread)
    {
        var called = false;
        var frame = thread.Frame;
        while (ReferenceEquals(thread.Frame, frame) && Collector.TakeAllowed() is { } obj)
        {
            LuaValue value = obj;
            var finalizer = Meta(value, Metamethod.Gc);
            if (finalizer.O is not LuaFunction) continue;
            called = true;
            thread.EnsureStack(2);
            var function = thread.Top;
            thread.Push(finalizer);
            thread.Push(value);
            PreCall(thread, function, 0, FrameFlags.Finalizer, 1 + CallInfo.NoYield);
        }

        return called;
    }

    /// <summary>Calls all finalizers, those of objects still in use too.</summary>
    private static readonly NativeFunction CloseFunction = new("close",
        static (in LuaCall call) => call.Continue(Close));

    private static IEnumerator<NativeStep> Close(NativeFrame frame)
    {
        var machine = (LuaMachine)frame.State;
        machine.FinalizeAll();
        while (machine.TakeFinalizable() is { } obj)
        {
            var finalizer = machine.Meta(obj, Metamethod.Gc);
            if (finalizer.O is LuaFunction) yield return NativeStep.TryCall(finalizer, obj);
        }
    }
}
