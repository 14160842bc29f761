using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// An event of the mobile library: its handler in the Lua task logs a line and publishes a topic through the global
/// <c>sys_pub</c>; without <c>sys</c> the topic is dropped (reference §2.1, §4.1).
/// </summary>
/// <param name="line">The text after "D/mobile "; null: none.</param>
/// <param name="topic">The topic; null: none.</param>
/// <param name="arguments">What is published with it.</param>
internal sealed class SystemTopicMessage(string? line, string? topic, params LuaValue[] arguments) : IMailboxMessage
{
    public IEnumerator<NativeStep> Deliver(FirmwareHost host, NativeFrame frame)
    {
        if (line is not null) host.Log.Write(LogLevel.Debug, "mobile", line);
        if (topic is null || host.Publish(frame.State, topic, arguments) is not { } publish) yield break;
        yield return publish;
    }

    public override string ToString() => topic ?? line ?? "";
}
