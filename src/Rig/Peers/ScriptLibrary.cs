using System.Text;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Units;

namespace AirHil.Rig.Peers;

/// <summary>What every script of a peer or a service can call (docs/peers.md).</summary>
internal static class ScriptLibrary
{
    /// <summary>The longest delay of a timer, in milliseconds: 1,000 days.</summary>
    private const double MostMilliseconds = 86_400_000_000;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("peer")
        .Add("after", After)
        .Add("every", Every)
        .Add("cancel", Cancel)
        .Add("now", Now)
        .Add("date", Date)
        .Add("log", Log)
        .Add("numbered", Numbered)
        .Add("hex", Hex)
        .Add("unhex", Unhex);

    private static int After(in LuaCall call) => Start(call, Duration(call, 1, 0), null);

    private static int Every(in LuaCall call)
    {
        var period = Duration(call, 1, 1);
        return Start(call, period, period);
    }

    private static int Start(in LuaCall call, TimeSpan delay, TimeSpan? period) => call.Return(LuaValue.Integer(
        call.Host<ScriptHost>().Start(delay, period, call.Function(2))
        ?? throw call.Error($"there are {ScriptHost.TimerLimit} timers already; cancel some")));

    private static int Cancel(in LuaCall call) => call.Return(call.Host<ScriptHost>().Stop(call.Integer(1)));

    private static int Now(in LuaCall call) =>
        call.Return(LuaValue.Integer((long)call.Host<ScriptHost>().Now.TotalMilliseconds));

    private static int Date(in LuaCall call) =>
        call.Return(LuaValue.Integer(call.Host<ScriptHost>().Date.ToUnixTimeSeconds()));

    private static int Numbered(in LuaCall call) =>
        call.Return(call.Host<ScriptHost>().Numbered(call.String(1).ToString()));

    private static int Log(in LuaCall call)
    {
        var texts = new LuaString[call.Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = call.State.ToText(call[i + 1]);
        var bytes = texts.Sum(text => (long)text.Length);
        Spend(call, bytes);
        return call.Host<ScriptHost>().Log(string.Join(' ', (object[])texts))
            ? call.Return()
            : throw TooMuch(call);
    }

    /// <summary>Counts what is to be sent or logged.</summary>
    /// <exception cref="LuaException">It is too much.</exception>
    public static void Spend(in LuaCall call, long bytes)
    {
        if (call.Host<ScriptHost>().Spend(bytes) is { } reason) throw call.Error(reason);
    }

    /// <summary>The error of a script that does too much at one time.</summary>
    public static LuaException TooMuch(in LuaCall call) =>
        call.Error($"more than {PeerMachine.OutputLimit} things were done at one time; let some time pass");

    private static int Hex(in LuaCall call)
    {
        var digits = Convert.ToHexString(call.String(1).Span);
        var line = new StringBuilder(digits.Length * 3 / 2);
        for (var i = 0; i < digits.Length; i += 2)
        {
            if (i > 0) line.Append(' ');
            line.Append(digits, i, 2);
        }

        return call.Return(call.State.NewString(Encoding.ASCII.GetBytes(line.ToString())));
    }

    private static int Unhex(in LuaCall call)
    {
        try
        {
            return call.Return(call.State.NewString(Escapes.FromHex(call.String(1).ToString())));
        }
        catch (FormatException wrong)
        {
            throw call.ArgumentError(1, wrong.Message);
        }
    }

    private static TimeSpan Duration(in LuaCall call, int index, double least)
    {
        var milliseconds = call.Number(index);
        return milliseconds >= least && milliseconds <= MostMilliseconds
            ? TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond))
            : throw call.ArgumentError(index, $"{least} to {MostMilliseconds:R} ms");
    }
}
