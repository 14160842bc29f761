using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// An event of the mobile library: its handler in the Lua task logs a line and publishes a topic through the global
/// <c>sys_pub</c>; without <c>sys</c> the topic is dropped (reference §2.1, §4.1).
/// </summary>
/// <param name="log">Where the line goes.</param>
/// <param name="line">The text after "D/mobile "; null: none.</param>
/// <param name="topic">The topic; null: none.</param>
/// <param name="arguments">What is published with it.</param>
internal sealed class SystemTopicMessage(
    FirmwareLog log, string? line, string? topic, params LuaValue[] arguments) : IMailboxMessage
{
    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        if (line is not null) log.Write(LogLevel.Debug, "mobile", line);
        if (topic is null || Publish(frame.State, topic, arguments) is not { } publish) yield break;
        yield return publish;
    }

    /// <summary>
    /// The step that publishes a topic through the global <c>sys_pub</c>; null where <c>sys</c> was never required.
    /// </summary>
    public static NativeStep? Publish(LuaState state, string topic, params ReadOnlySpan<LuaValue> arguments)
    {
        var publish = state.Globals["sys_pub"];
        return publish.IsNil ? null : NativeStep.Call(publish, [topic, .. arguments]);
    }

    public override string ToString() => topic ?? line ?? "";
}
