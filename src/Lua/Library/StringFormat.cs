using AirHil.Lua.Run;

namespace AirHil.Lua.Library;

/// <summary>string.format: straight where it can, in a routine from the first __tostring on.</summary>
internal static class StringFormat
{
    public static int Format(in LuaCall call)
    {
        var format = call.String(1);
        var formatter = new StringFormatter(call.State, format, call.ToArray());
        return formatter.Advance()
            ? call.Return(formatter.Result)
            : call.Continue(frame => FormatRoutine(frame, formatter));
    }

    private static IEnumerator<NativeStep> FormatRoutine(NativeFrame frame, StringFormatter formatter)
    {
        do
        {
            yield return formatter.Call;
            formatter.Supply(frame.Result(0));
        }
        while (!formatter.Advance());
        frame.Return(formatter.Result);
    }
}
