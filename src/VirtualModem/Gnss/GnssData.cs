using AirHil.Lua.Run;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Gnss;

/// <summary>A piece or a sentence on its way to a function of libgnss.on.</summary>
internal sealed class GnssData(ScriptCallback callback, SystemHeap heap, ReadOnlyMemory<byte> data) : IMailboxMessage
{
    public override string ToString() => $"gnss {data.Length} bytes";

    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        heap.Free(data.Length);
        if (callback.Function.IsNil) yield break;
        yield return NativeStep.Call(callback.Function, frame.State.NewString(data.ToArray()));
    }
}
