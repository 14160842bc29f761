using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Pins;

namespace AirHil.Rig.Peers;

/// <summary>What the script of a peer can call beside <see cref="ScriptLibrary"/> (docs/peers.md).</summary>
internal static class PeerLibrary
{
    private const double MostSilence = 60_000;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("peer")
        .Add("send", Send)
        .Add("silence", Silence)
        .Add("level", Level);

    private static PeerMachine Peer(in LuaCall call) => (PeerMachine)call.Host<ScriptHost>().Owner;

    private static int Send(in LuaCall call) => Peer(call).Send(call.String(1).Memory)
        ? call.Return()
        : throw TooMuch(call);

    private static int Silence(in LuaCall call)
    {
        var milliseconds = call.Number(1);
        if (milliseconds is not (>= 0 and <= MostSilence)) throw call.ArgumentError(1, $"0 to {MostSilence} ms");
        Peer(call).GatherFor = TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
        return call.Return();
    }

    /// <summary>With one argument what the module does with the pin, with two what the peer does.</summary>
    private static int Level(in LuaCall call)
    {
        var pin = call.Integer(1);
        if (pin is < 0 or >= ModulePin.Count) throw call.ArgumentError(1, $"a pin is 0 to {ModulePin.Count - 1}");
        var peer = Peer(call);
        if (!peer.HasPins) throw call.Error("this target has no wires to the module's pins");
        if (call.Count == 1) return call.Return(LevelOf(peer.DriveOf((int)pin)));
        return peer.Hold((int)pin, HoldOf(call[2]))
            ? call.Return()
            : throw TooMuch(call);
    }

    private static LuaException TooMuch(in LuaCall call) =>
        call.Error($"more than {PeerMachine.OutputLimit} things were done at one time; let some time pass");

    /// <summary>1, 0, or nil where the pin floats or is pulsed.</summary>
    public static LuaValue LevelOf(PinDrive drive) => ModulePin.Level(drive) switch
    {
        true => 1,
        false => 0,
        null => LuaValue.Nil,
    };

    private static PinHold HoldOf(LuaValue level) => level.IsNil ? PinHold.Released
        : level.IsFalsy || (level.IsNumber && level.AsNumber == 0) ? PinHold.Low
        : PinHold.High;
}
