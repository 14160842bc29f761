using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Pins;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// <c>gpio</c> (hardware reference §2; L:luat/modules/luat_lib_gpio.c, S:interface/src/luat_gpio_ec618.c).
/// </summary>
internal static class GpioLibrary
{
    public const int Rising = 0;
    public const int Falling = 1;
    public const int Both = 2;
    public const int HighLevel = 3;
    public const int LowLevel = 4;

    private const int PullUp = 1;
    private const int PullDown = 2;
    private const string OutOfRange = "pin id out of range (0-127)";

    /// <summary>What gpio.setup takes for "count the interrupts" when it is given as the callback.</summary>
    private static readonly NativeBody CountBody = Count;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("gpio")
        .Add("setup", Setup)
        .Add("set", Set)
        .Add("get", Get)
        .Add("close", Close)
        .Add("toggle", Toggle)
        .Add("debounce", Debounce)
        .Add("pulse", Pulse)
        .Add("setDefaultPull", SetDefaultPull)
        .Add("count", CountBody)
        .Add("caplevel", CaptureLevel);

    private static int Setup(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var pin = call.Int(1);
        if (pin >= ModulePin.Count)
        {
            Write(host, LogLevel.Warn, $"MUST pin < {ModulePin.Count}");
            return call.Return();
        }

        if (pin < 0)
        {
            NoticeOutside(host, "setup", pin);
            return Failed(call, host, pin);
        }

        var gpio = host.Gpio;
        var slot = gpio.Slots[pin];
        slot.Edge = 255;
        var callback = call[2].AsFunction;
        var counts = callback is NativeFunction { Body: var body } && body == CountBody;
        if (counts)
        {
            if (!slot.Callback.Function.IsNil) slot.Callback.Replace(call.State, null);
            Write(host, LogLevel.Debug, $"pin {pin} use irq count mode");
        }

        if (callback is not null) slot.Edge = unchecked((byte)call.IntOr(4, Both));
        var level = call[2].IsInteger && call.Int(2) != 0;
        var pull = unchecked((byte)call.IntOr(3, gpio.DefaultPull));
        var input = InputOf(pull);
        bool done;
        if (callback is not null)
        {
            done = host.Pins.SetInterrupt(
                pin, input, (PinEdge)slot.Edge, counts ? Counter(slot) : Interrupter(host, slot));
            if (done) slot.Callback.Replace(call.State, counts ? null : callback);
        }
        else if (call[2].IsInteger)
        {
            // The driver begins with the level of the pull, and the binding sets the wanted one behind it.
            done = host.Pins.SetOutput(pin, pull == PullUp);
            if (done) host.Pins.Write(pin, level);
        }
        else
        {
            done = host.Pins.SetInput(pin, input);
        }

        if (!done) return Failed(call, host, pin);
        NoticeTaken(host, pin);
        return call.Return(callback is null && call[2].IsInteger
            ? call.State.NewFunction("set", Set, call[1])
            : call.State.NewFunction("get", Get, call[1]));
    }

    private static int Failed(in LuaCall call, FirmwareHost host, int pin)
    {
        Write(host, LogLevel.Warn, string.Create(CultureInfo.InvariantCulture, $"gpio setup fail pin={pin}"));
        return call.Return();
    }

    private static void NoticeOutside(FirmwareHost host, string function, int pin) => host.Notice(string.Create(
        CultureInfo.InvariantCulture,
        $"gpio.{function}({pin}): the firmware writes beyond an array; what a module does then is not known."));

    private static PinDrive InputOf(int pull) => pull switch
    {
        PullUp => PinDrive.PullUp,
        PullDown => PinDrive.PullDown,
        _ => PinDrive.Input,
    };

    private static Action<int, bool> Counter(GpioState.Slot slot) => (_, _) => slot.Count++;

    /// <summary>luat_gpio_irq_default: debounces, and tells the script.</summary>
    private static Action<int, bool> Interrupter(FirmwareHost host, GpioState.Slot slot) => (pin, level) =>
    {
        if (slot.DebounceMs > 0 && slot.DebounceMode == 0)
        {
            var now = unchecked((uint)(host.Board.Clock.Tick.Ticks / TimeSpan.TicksPerMillisecond));
            var passed = now > slot.ReportedAt ? now - slot.ReportedAt : slot.ReportedAt - now;
            if (passed < slot.DebounceMs) return;
            slot.ReportedAt = now;
        }
        else if (slot.DebounceMs > 0 && slot.DebounceMode == 1)
        {
            if (slot.Debounced is null) return;
            slot.LastLevel = host.Pins.Read(pin);
            slot.Debounced.Start(TimeSpan.FromMilliseconds(slot.DebounceMs));
            return;
        }

        host.Board.Post(new PinInterrupted(slot, pin, level));
    };

    /// <summary>The plain function, and the closure of an output, which has the pin.</summary>
    private static int Set(in LuaCall call)
    {
        var bound = call.Bound.IsInteger;
        var pin = bound ? unchecked((int)call.Bound.AsInteger) : call.Int(1);
        var level = call.Int(bound ? 1 : 2);
        var host = call.Host<FirmwareHost>();
        host.Pins.Write(pin, level != 0);
        host.Gpio.Remember(pin, unchecked((byte)level));
        return call.Return();
    }

    /// <summary>The plain function, and the closure of an input, which has the pin.</summary>
    private static int Get(in LuaCall call)
    {
        var pin = call.Bound.IsInteger ? unchecked((int)call.Bound.AsInteger) : call.Int(1);
        return call.Return(call.Host<FirmwareHost>().Pins.Read(pin) ? 1 : 0);
    }

    private static int Close(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var pin = call.Int(1);
        if ((uint)pin >= ModulePin.Count) return call.Return();
        host.Pins.StopInterrupts(pin);
        var slot = host.Gpio.Slots[pin];
        slot.Callback.Replace(call.State, null);
        if (slot.Debounced is null) return call.Return();
        slot.DebounceMs = 0;
        EndDebounce(slot);
        return call.Return();
    }

    private static int Toggle(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var pin = call.Int(1);
        if ((uint)pin >= ModulePin.Count)
        {
            Write(host, LogLevel.Warn, OutOfRange);
            return call.Return();
        }

        var level = !host.Gpio.IsRemembered(pin);
        host.Pins.Write(pin, level);
        host.Gpio.Remember(pin, (byte)(level ? 1 : 0));
        return call.Return();
    }

    private static int Pulse(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var pin = call.Int(1);
        ReadOnlySpan<byte> bits = call[2].IsInteger
            ? [unchecked((byte)call.Int(2))]
            : call[2].AsString is not null || call[2].IsNumber ? call.String(2).Span : [];
        var count = unchecked((ushort)call.Int(3));
        var delay = unchecked((ushort)call.Int(4));
        if ((uint)pin >= ModulePin.Count)
        {
            Write(host, LogLevel.Debug, OutOfRange);
            return call.Return();
        }

        if (count > bits.Length * 8)
        {
            host.Notice(string.Create(
                CultureInfo.InvariantCulture,
                $"gpio.pulse: {count} bits are asked for and the data has {bits.Length * 8}; the module sends the " +
                $"memory behind it."));
        }

        var loop = host.Parameters.PulseLoop.TotalSeconds * (1 + delay);
        var instructions = Math.Max(1, (long)(loop * host.Parameters.InstructionsPerSecond));
        for (var i = 0; i < Math.Min(count, bits.Length * 8); i++)
        {
            host.Pins.Write(pin, ((bits[i / 8] >> (7 - (i % 8))) & 1) != 0);
            call.State.Charge(instructions);
        }

        return call.Return();
    }

    private static int SetDefaultPull(in LuaCall call)
    {
        var pull = call.Int(1);
        if (pull is < 0 or > PullDown) return call.Return(false);
        call.Host<FirmwareHost>().Gpio.DefaultPull = pull;
        return call.Return(true);
    }

    private static int Debounce(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var pin = unchecked((byte)call.Int(1));
        var ms = unchecked((ushort)call.Int(2));
        var mode = unchecked((byte)call.IntOr(3, 0));
        if (pin >= ModulePin.Count)
        {
            Write(host, LogLevel.Warn, $"MUST pin < {ModulePin.Count}");
            return call.Return();
        }

        var slot = host.Gpio.Slots[pin];
        (slot.DebounceMs, slot.ReportedAt, slot.DebounceMode) = (ms, 0, mode);
        if (mode == 0 || ms == 0) EndDebounce(slot);
        else if (mode == 1) slot.Debounced ??= host.Board.NewTimer(() => host.Board.Post(new PinDebounced(host, pin)));
        return call.Return();
    }

    private static int Count(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var pin = unchecked((byte)call.Int(1));
        if (pin >= ModulePin.Count)
        {
            Write(host, LogLevel.Warn, $"MUST pin < {ModulePin.Count}");
            return call.Return(0);
        }

        var slot = host.Gpio.Slots[pin];
        var count = slot.Count;
        slot.Count = 0;
        return call.Return(LuaValue.Integer(unchecked((int)count)));
    }

    private static int CaptureLevel(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var pin = call.Int(1);
        var gpio = host.Gpio;
        gpio.CaptureLevel = call.Int(2);
        if (call[3].AsFunction is not { } callback) return call.Return();
        if ((uint)pin >= ModulePin.Count)
        {
            NoticeOutside(host, "caplevel", pin);
            return Failed(call, host, pin);
        }

        var slot = gpio.Slots[pin];
        slot.Edge = gpio.CaptureLevel == 1 ? Rising : Falling;
        slot.Callback.Replace(call.State, callback);
        if (!host.Pins.SetInterrupt(pin, PinDrive.Input, (PinEdge)slot.Edge, Capturer(host)))
        {
            return Failed(call, host, pin);
        }

        return call.Return(call.State.NewFunction("get", Get, call[1]));
    }

    /// <summary>luat_caplevel_irq_cb: after each edge it waits for the other one.</summary>
    private static Action<int, bool> Capturer(FirmwareHost host) => (pin, _) =>
    {
        var gpio = host.Gpio;
        var slot = gpio.Slots[pin];
        var wasRising = slot.Edge == Rising;
        var ticks = host.Board.Clock.Tick.Ticks * 26 / TimeSpan.TicksPerMicrosecond;
        if (wasRising) gpio.RisingTick = ticks;
        else gpio.FallingTick = ticks;
        slot.Edge = wasRising ? Falling : Rising;
        host.Pins.SetInterrupt(pin, PinDrive.Input, (PinEdge)slot.Edge, Capturer(host));
        if (wasRising != (gpio.CaptureLevel == 1)) host.Board.Post(new LevelCaptured(gpio, pin));
    };

    private static void EndDebounce(GpioState.Slot slot)
    {
        slot.Debounced?.Stop();
        slot.Debounced = null;
    }

    /// <summary>A pad has one owner: who set it up last. The module says nothing of it.</summary>
    private static void NoticeTaken(FirmwareHost host, int pin)
    {
        foreach (var spi in host.Buses.Spi) spi.PinTaken(pin);
        int? port = pin switch
        {
            18 or 19 => 1,
            10 or 11 => 2,
            _ => null,
        };
        if (port is { } number && host.Uarts.WiredPort(number)?.Settings is not null) Tell($"UART {number}");
        foreach (var i2c in host.Buses.I2c.Where(bus => bus.Uses(pin))) Tell($"I2C {i2c.Bus}");

        void Tell(string owner) => host.Pins.Share(pin, owner, "gpio", string.Create(
            CultureInfo.InvariantCulture,
            $"gpio.setup({pin}) takes the pad from {owner}; on a module its line is dead from now on."));
    }

    private static void Write(FirmwareHost host, LogLevel level, string text) => host.Log.Write(level, "gpio", text);
}
