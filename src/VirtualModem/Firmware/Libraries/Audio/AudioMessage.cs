using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Audio;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Audio;

/// <summary>What the player tells the script: the callback gets the channel and the event.</summary>
internal sealed class AudioMessage(AudioOutput output, AudioEvent what) : IMailboxMessage
{
    public override string ToString() => $"audio {what}";

    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        frame.Return(0);
        if (output.Callback.Function.IsNil) yield break;
        yield return NativeStep.Call(
            output.Callback.Function, LuaValue.Integer(0), LuaValue.Integer((int)what));
    }
}
