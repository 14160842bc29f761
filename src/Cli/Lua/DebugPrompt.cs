using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Cli.Lua;

/// <summary>debug.debug: runs each line of standard input until "cont".</summary>
internal sealed class DebugPrompt(HostFile input, TextWriter error)
{
    private static readonly LuaString ChunkName = LuaString.FromText("=(debug command)");

    public int Enter(in LuaCall call) => call.Continue(Converse);

    private IEnumerator<NativeStep> Converse(NativeFrame frame)
    {
        while (true)
        {
            error.Write("lua_debug> ");
            error.Flush();
            var line = FileReading.Read(frame.State, input, [], (_, message) => new LuaException(message))[0];
            if (line.AsString is not { } text || text.ToString() == "cont") yield break;
            LuaFunction? chunk = null;
            try
            {
                chunk = frame.State.LoadFile(text.Span, ChunkName);
            }
            catch (LuaSyntaxException e)
            {
                error.WriteLine(e.Message);
            }

            if (chunk is null) continue;
            yield return NativeStep.TryCall(chunk);
            if (frame.Failed) error.WriteLine(frame.State.ToText(frame.Result(0)).ToString());
        }
    }
}
