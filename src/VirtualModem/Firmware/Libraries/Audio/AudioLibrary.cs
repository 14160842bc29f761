using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Audio;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;

namespace AirHil.VirtualModem.Firmware.Libraries.Audio;

/// <summary>
/// <c>audio</c> (L:components/multimedia/luat_lib_multimedia_audio.c, S:project/luatos/src/luat_audio_ec618.c). V1112
/// has neither speech nor recording, and its EC618 side has no driver of codecs: what asks for one tells a failure.
/// </summary>
internal static class AudioLibrary
{
    /// <summary>MAX_DEVICE_COUNT, the callbacks that there are.</summary>
    private const int Channels = 2;

    private const int MostFiles = 256;
    private const int ConverterPin = 12;
    private const int DefaultBlanks = 5;

    /// <summary>What the driver that is missing gives, as a byte.</summary>
    private const int NoMicrophone = 255;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("audio")
        .Add("start", Start)
        .Add("write", Write)
        .Add("pause", static (in LuaCall call) => call.Return(Output(call, 1).Pause(call.Truthy(2))))
        .Add("stop", static (in LuaCall call) =>
        {
            Output(call, 1).Stop();
            return call.Return(true);
        })
        .Add("on", On)
        .Add("play", Play)
        .Add("playStop", static (in LuaCall call) => StopFiles(call, Output(call, 1)))
        .Add("isEnd", static (in LuaCall call) => call.Return(Output(call, 1).IsIdle))
        .Add("config", Configure)
        .Add("vol", static (in LuaCall call) =>
        {
            _ = call.Int(1);
            return call.Return(unchecked((ushort)call.IntOr(2, 100)));
        })
        .Add("micVol", static (in LuaCall call) =>
        {
            _ = call.Int(1);
            _ = call.IntOr(2, 100);
            return call.Return(NoMicrophone);
        })
        .Add("getError", static (in LuaCall call) =>
        {
            var error = Output(call, 1).LastError;
            return call.Return(error == 0, error < 0, Math.Max(error, 0));
        })
        .Add("setBus", CodecDriver)
        .Add("debug", static (in LuaCall call) => call.Return())
        .Add("pm", CodecDriver);

    /// <summary>The first argument is the channel; the player has one and does not look at it.</summary>
    private static AudioOutput Output(in LuaCall call, int index)
    {
        _ = call.Int(index);
        var host = call.Host<FirmwareHost>();
        host.Audio.Happened ??= what => host.Board.Post(new AudioMessage(host.Audio, what));
        return host.Audio;
    }

    private static int Start(in LuaCall call)
    {
        var output = Output(call, 1);
        var format = unchecked((byte)call.Int(2));
        var channels = unchecked((byte)call.Int(3));
        var hertz = call.UInt(4);
        var bits = unchecked((byte)call.Int(5));
        return call.Return(output.Start(format, channels, hertz, bits, !call[6].IsBoolean || call.Truthy(6)));
    }

    private static int Write(in LuaCall call)
    {
        var output = Output(call, 1);
        var bytes = ZbuffLibrary.ArgumentOrNull(call, 2)?.Data.Length ?? call[2].AsString?.Length ?? 0;
        call.State.ChargeBytes(bytes);
        return call.Return(output.Write(bytes));
    }

    private static int On(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var id = call.Int(1);
        if ((uint)id >= Channels)
        {
            host.Notice(string.Create(
                CultureInfo.InvariantCulture, $"audio.on({id}): the module writes outside of its table of callbacks"));
            return call.Return();
        }

        // The player calls back channel 0 alone.
        if (id == 0) host.Audio.Callback.Replace(call.State, call[2].AsFunction);
        return call.Return();
    }

    private static int Play(in LuaCall call)
    {
        var output = Output(call, 1);
        if (call[2].AsTable is { } files)
        {
            var count = files.Length;
            if (count == 0) return StopFiles(call, output);
            var paths = Enumerable.Range(1, (int)Math.Min(count, MostFiles)).Select(i => files[i].AsString);
            return call.Return(Play(call, output, paths, call[3].IsBoolean && !call.Truthy(3)));
        }

        return call[2].AsString is { } path
            ? call.Return(Play(call, output, [path], false))
            : StopFiles(call, output);
    }

    /// <summary>The task of the player reads the files, so it takes no time of the script.</summary>
    private static bool Play(in LuaCall call, AudioOutput output, IEnumerable<LuaString?> paths, bool goesOn)
    {
        if (!output.TryBegin()) return false;
        var files = call.Host<FirmwareHost>().Files;
        TimeSpan?[] lengths =
        [
            .. paths.Select(path => path is not null && files.Content(LuaText.Path(path)) is { } content
                ? AudioClip.Length(content)
                : null),
        ];
        output.Play(lengths, goesOn);
        return true;
    }

    private static int StopFiles(in LuaCall call, AudioOutput output)
    {
        output.StopFiles();
        return call.Return(true);
    }

    /// <summary>Pins from the 32nd on are none; a negative supply pin is the module's own, DACEN.</summary>
    private static int Configure(in LuaCall call)
    {
        var output = Output(call, 1);
        var host = call.Host<FirmwareHost>();
        var (amplifier, onLevel) = (call.IntOr(2, -1), call.IntOr(3, 1));
        var blanks = Math.Max(call.IntOr(4, DefaultBlanks), 0);
        var delay = Math.Max(call.IntOr(5, 200), 0);
        var (converter, converterLevel) = (call.IntOr(6, -1), call.IntOr(7, 1));
        var converterDelay = Math.Max(call.IntOr(8, 0), 0);
        output.Amplifier = Prepare(host, amplifier, onLevel != 0);
        output.Converter = converter < 0
            ? Prepare(host, ConverterPin, true)
            : Prepare(host, converter, unchecked((byte)converterLevel) != 0);
        output.Blanks = unchecked((byte)blanks);
        output.AmplifierDelay = TimeSpan.FromMilliseconds(delay);
        output.ConverterDelay = TimeSpan.FromMilliseconds(converterDelay);
        return call.Return();
    }

    private static SwitchedPin Prepare(FirmwareHost host, int pin, bool onLevel)
    {
        if ((uint)pin >= ModulePin.Wakeup0) return SwitchedPin.None;
        host.Pins.SetOutput(pin, !onLevel);
        return new SwitchedPin(pin, onLevel);
    }

    /// <summary>Without a driver of codecs the call fails behind its arguments.</summary>
    private static int CodecDriver(in LuaCall call)
    {
        _ = call.Int(1);
        _ = call.Int(2);
        return call.Return(false);
    }
}
