using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Peers;

/// <summary>What the script of a peer can call beside <see cref="ScriptLibrary"/> (docs/peers.md).</summary>
internal static class PeerLibrary
{
    private const double MostSilence = 60_000;
    private const double MostStretch = 10_000;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("peer")
        .Add("send", Send)
        .Add("silence", Silence)
        .Add("stretch", Stretch)
        .Add("picture", Picture)
        .Add("level", Level);

    private static PeerMachine Peer(in LuaCall call) => (PeerMachine)call.Host<ScriptHost>().Owner;

    private static int Send(in LuaCall call)
    {
        var peer = Peer(call);
        var bytes = call.String(1).Memory;
        if (peer.Place is PeerPlace.Pin) throw call.Error("a peer on a pin has no line to send bytes on");
        ScriptLibrary.Spend(call, bytes.Length);
        if (peer.Send(bytes)) return call.Return();
        throw peer.Bus is null
            ? ScriptLibrary.TooMuch(call)
            : call.Error($"more than {PeerBus.WaitingLimit} bytes wait to be read");
    }

    private static int Silence(in LuaCall call)
    {
        var milliseconds = Milliseconds(call, MostSilence);
        var peer = Peer(call);
        if (peer.Place is not PeerPlace.Uart) throw call.Error("silence is for a UART");
        peer.GatherFor = milliseconds;
        return call.Return();
    }

    private static int Stretch(in LuaCall call)
    {
        var time = Milliseconds(call, MostStretch);
        var peer = Peer(call);
        return peer.Place is PeerPlace.I2c && peer.Bus!.Stretch(time)
            ? call.Return()
            : throw call.Error("the clock is held in on_data and on_read of a peer on I2C");
    }

    private static int Picture(in LuaCall call)
    {
        var (width, height) = (Pixels(call, 1), Pixels(call, 2));
        var bytes = call.String(3).Memory;
        var (bits, colours) = (DisplayShown.BitBytes(width, height), DisplayShown.ColourBytes(width, height));
        if (bytes.Length != bits && bytes.Length != colours)
        {
            throw call.ArgumentError(3, $"{bits} bytes, or {colours} with colours; there are {bytes.Length}");
        }

        ScriptLibrary.Spend(call, bytes.Length);
        return Peer(call).Show(width, height, bytes)
            ? call.Return()
            : throw ScriptLibrary.TooMuch(call);
    }

    private static int Pixels(in LuaCall call, int index) =>
        call.Integer(index) is >= 1 and <= DisplayShown.MostPixels and var pixels
            ? (int)pixels
            : throw call.ArgumentError(index, $"1 to {DisplayShown.MostPixels} pixels");

    private static TimeSpan Milliseconds(in LuaCall call, double most)
    {
        var milliseconds = call.Number(1);
        return milliseconds >= 0 && milliseconds <= most
            ? TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond))
            : throw call.ArgumentError(1, $"0 to {most} ms");
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
            : throw ScriptLibrary.TooMuch(call);
    }

    /// <summary>Where the peer is, as the script sees it.</summary>
    public static LuaTable TableOf(LuaState state, PeerPlace place)
    {
        var table = state.NewTable(0, 3);
        switch (place)
        {
            case PeerPlace.Uart uart:
                table["uart"] = uart.Port;
                break;
            case PeerPlace.I2c i2c:
                table["i2c"] = i2c.Bus;
                table["address"] = i2c.Address;
                break;
            case PeerPlace.Spi spi:
                table["spi"] = spi.Bus;
                table["select"] = spi.ChipSelect;
                break;
            case PeerPlace.Pin pin:
                table["pin"] = pin.Number;
                break;
        }

        return table;
    }

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
