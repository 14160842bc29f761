using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>
/// <c>lcd</c>: a display in colours on SPI, which cannot be read, so nobody notices whether one is there
/// (hardware reference §18; L:components/lcd/luat_lib_lcd.c).
/// </summary>
internal static class LcdLibrary
{
    private const string Tag = "lcd";
    private const byte InversionOff = 0x20;
    private const byte InversionOn = 0x21;

    public static LibraryDefinition Definition { get; } = AddControls(AddFigures(new LibraryDefinition("lcd")));

    private static LibraryDefinition AddFigures(LibraryDefinition library) => library
        .Add("clear", static (in LuaCall call) =>
        {
            var colour = call.Count > 0 ? Colour(call, 1) : State(call).Background;
            return Drawn(call, "clear", drawing => drawing.Clear(colour));
        })
        .Add("fill", static (in LuaCall call) =>
        {
            var (a, b, c, d) = (Place(call, 1), Place(call, 2), Place(call, 3), Place(call, 4));
            var colour = call.Count > 4 ? Colour(call, 5) : State(call).Background;
            return Drawn(call, "fill", drawing => drawing.Fill(a, b, c, d, colour));
        })
        .Add("drawPoint", static (in LuaCall call) =>
        {
            var (x, y, colour) = (Place(call, 1), Place(call, 2), ColourOrFront(call, 3));
            return Drawn(call, "drawPoint", drawing => drawing.Point(x, y, colour));
        })
        .Add("drawLine", static (in LuaCall call) =>
        {
            var (a, b, c, d) = (Place(call, 1), Place(call, 2), Place(call, 3), Place(call, 4));
            var colour = ColourOrFront(call, 5);
            return Drawn(call, "drawLine", drawing => drawing.Line(a, b, c, d, colour));
        })
        .Add("drawRectangle", static (in LuaCall call) =>
        {
            var (a, b, c, d) = (Place(call, 1), Place(call, 2), Place(call, 3), Place(call, 4));
            var colour = ColourOrFront(call, 5);
            return Drawn(call, "drawRectangle", drawing => drawing.Rectangle(a, b, c, d, colour));
        })
        .Add("drawCircle", static (in LuaCall call) =>
        {
            var (x, y, radius) = (Place(call, 1), Place(call, 2), unchecked((byte)call.Int(3)));
            var colour = ColourOrFront(call, 4);
            return Drawn(call, "drawCircle", drawing => drawing.Circle(x, y, radius, colour));
        })
        .Add("drawQrcode", DrawCode)
        .Add("drawStr", DrawText)
        .Add("draw", DrawPixels)
        .Add("drawXbm", DrawBits)
        .Add("showImage", LcdPicture.Show);

    private static LibraryDefinition AddControls(LibraryDefinition library) => library
        .Add("init", LcdSetup.Init)
        .Add("flush", Flush)
        .Add("setupBuff", LcdBuffer.Setup)
        .Add("autoFlush", AutoFlush)
        .Add("setFont", SetFont)
        .Add("setDefault", SetDefault)
        .Add("getDefault", GetDefault)
        .Add("getSize", GetSize)
        .Add("close", static (in LuaCall call) => Written(call, "close", panel => panel.PowerPin == LcdPanel.NoPin
            ? []
            : [new LcdWrite.Pin(panel.PowerPin, false)]))
        .Add("on", static (in LuaCall call) => Written(call, "on", panel => panel.On()))
        .Add("off", static (in LuaCall call) => Written(call, "off", panel => panel.Off()))
        .Add("sleep", static (in LuaCall call) => Written(call, "sleep", panel => panel.GoToSleep()))
        .Add("wakeup", static (in LuaCall call) => Written(call, "wakeup", panel => panel.Wake()))
        .Add("invon", static (in LuaCall call) =>
            Written(call, "invon", _ => [new LcdWrite.Command(InversionOn)]))
        .Add("invoff", static (in LuaCall call) =>
            Written(call, "invoff", _ => [new LcdWrite.Command(InversionOff)]))
        .Add("set_direction", static (in LuaCall call) =>
        {
            var direction = unchecked((byte)call.Int(1));
            return Written(call, "set_direction", panel => [panel.Turn(direction)]);
        })
        .Add("cmd", static (in LuaCall call) =>
        {
            var code = unchecked((byte)call.Int(1));
            return Written(call, "cmd", _ => [new LcdWrite.Command(code)], true);
        })
        .Add("data", static (in LuaCall call) =>
        {
            var data = new[] { unchecked((byte)call.Int(1)) };
            return Written(call, "data", _ => [new LcdWrite.Bytes(data, true)], true);
        })
        .Add("setColor", static (in LuaCall call) =>
        {
            (State(call).Background, State(call).Foreground) = (Colour(call, 1), Colour(call, 2));
            return call.Return(true);
        })
        .Add("rgb565", LcdColour.Rgb565);

    /// <summary>The display that is there, or the error of following nothing.</summary>
    public static LcdPanel Panel(in LuaCall call, string function) =>
        State(call).Panel ?? throw NullPointer.Error(call, $"lcd.{function} without a display");

    private static LcdState State(in LuaCall call) => call.Host<FirmwareHost>().Lcd;

    private static int Place(in LuaCall call, int index) => unchecked((short)call.Int(index));

    private static ushort Colour(in LuaCall call, int index) => unchecked((ushort)call.Int(index));

    private static ushort ColourOrFront(in LuaCall call, int index) =>
        call.Count >= index ? Colour(call, index) : State(call).Foreground;

    /// <summary>Draws, sends what has changed unless the script does that, and returns true.</summary>
    private static int Drawn(
        in LuaCall call, string function, Func<LcdDrawing, IEnumerable<LcdWrite>> draw, bool returnsNothing = false)
    {
        var panel = Panel(call, function);
        return call.Continue(frame => Drawing(frame, panel, draw, returnsNothing));
    }

    private static IEnumerator<NativeStep> Drawing(
        NativeFrame frame, LcdPanel panel, Func<LcdDrawing, IEnumerable<LcdWrite>> draw, bool returnsNothing)
    {
        var bus = new LcdBus(frame.State, panel);
        foreach (var step in bus.Run(draw(new LcdDrawing(panel)))) yield return step;
        if (panel.FlushesAlways)
        {
            foreach (var step in bus.Run(panel.Flush())) yield return step;
        }

        if (returnsNothing) frame.Return();
        else frame.Return(true);
    }

    /// <param name="tells">The result is whether it was sent; else always true.</param>
    private static int Written(
        in LuaCall call, string function, Func<LcdPanel, IEnumerable<LcdWrite>> write, bool tells = false)
    {
        var panel = Panel(call, function);
        return call.Continue(frame => Writing(frame, panel, write(panel), tells));
    }

    private static IEnumerator<NativeStep> Writing(
        NativeFrame frame, LcdPanel panel, IEnumerable<LcdWrite> writes, bool tells)
    {
        var bus = new LcdBus(frame.State, panel);
        foreach (var step in bus.Run(writes)) yield return step;
        frame.Return(!tells || bus.IsSent);
    }

    private static int DrawText(in LuaCall call)
    {
        var (x, y, text) = (call.Int(1), call.Int(2), call.String(3));
        var colour = call[4].IsNil ? State(call).Foreground : Colour(call, 4);
        if (text.Length == 0) return call.Return();
        var letters = Utf8Letters.Of(text.Span);
        return Drawn(call, "drawStr", drawing => drawing.Text(x, y, letters, colour), true);
    }

    /// <summary>The square gets the background first.</summary>
    private static int DrawCode(in LuaCall call)
    {
        var request = QrRequest.Of(call, Tag);
        if (request.Code is null) return call.Return();
        var (front, back) = (State(call).Foreground, State(call).Background);
        return Drawn(call, "drawQrcode", drawing => Box(drawing, request.X, request.Y, request.Size, back)
            .Concat(request.Dark().SelectMany(at => Box(drawing, at.X, at.Y, request.Scale, front))), true);
    }

    private static IEnumerable<LcdWrite> Box(LcdDrawing drawing, int x, int y, int size, ushort colour)
    {
        unchecked
        {
            return drawing.Fill((short)x, (short)y, (short)(x + size), (short)(y + size), colour);
        }
    }

    /// <summary>A whole number stands for the first argument (a slip), with unknown memory behind it.</summary>
    private static int DrawPixels(in LuaCall call)
    {
        var (a, b, c, d) = (Place(call, 1), Place(call, 2), Place(call, 3), Place(call, 4));
        byte[] pixels;
        if (call[5].IsInteger) pixels = [unchecked((byte)call.Int(1)), unchecked((byte)(call.Int(1) >> 8))];
        else if (call[5].AsUserdata is not null) pixels = ZbuffLibrary.Argument(call, 5).Memory.ToArray();
        else if (call[5].Type is LuaType.String or LuaType.Number) pixels = call.String(5).Span.ToArray();
        else return call.Return();
        if (pixels.Length < Math.Max(0, c - a + 1L) * Math.Max(0, d - b + 1L) * 2)
        {
            call.Host<FirmwareHost>().Notice("lcd.draw: there are fewer pixels than the rectangle has; V1112 " +
                "sends the memory behind them, which here is zeros.");
        }

        return Drawn(call, "draw", drawing => drawing.Draw(a, b, c, d, pixels));
    }

    /// <summary>A bit for each pixel, the lowest first. The colours go out with their bytes as they are.</summary>
    private static int DrawBits(in LuaCall call)
    {
        var (x, y, width, height) = (call.Int(1), call.Int(2), call.UInt(3), call.UInt(4));
        var data = call.String(5).Span.ToArray();
        var lineBytes = ((long)width + 7) / 8;
        if (height < 1 || data.Length * 8L / height < width) return call.Return();
        if (data.Length != height * lineBytes) return call.Return();
        var state = State(call);
        return Drawn(call, "drawXbm", drawing => Lines(drawing));

        IEnumerable<LcdWrite> Lines(LcdDrawing drawing)
        {
            for (var row = 0; row < height; row++)
            {
                yield return new LcdWrite.Work(width * 2L);
                var line = new byte[width * 2];
                for (var i = 0; i < width; i++)
                {
                    var isLit = (data[(row * lineBytes) + (i / 8)] & (1 << (i % 8))) != 0;
                    var colour = isLit ? state.Foreground : state.Background;
                    (line[i * 2], line[(i * 2) + 1]) = ((byte)colour, (byte)(colour >> 8));
                }

                var (left, top) = (unchecked((short)x), unchecked((short)(y + row)));
                foreach (var write in drawing.Draw(left, top, unchecked((short)(x + (int)width - 1)), top, line))
                {
                    yield return write;
                }
            }
        }
    }

    /// <summary>It returns nothing, whatever it did.</summary>
    private static int Flush(in LuaCall call)
    {
        var panel = call.Count == 1 ? LcdBuffer.Given(call) : State(call).Panel;
        return panel is not { Buffer: not null, FlushesAlways: false }
            ? call.Return()
            : call.Continue(frame => Flushing(frame, panel));
    }

    private static IEnumerator<NativeStep> Flushing(NativeFrame frame, LcdPanel panel)
    {
        foreach (var step in new LcdBus(frame.State, panel).Run(panel.Flush())) yield return step;
        frame.Return();
    }

    private static int AutoFlush(in LuaCall call)
    {
        if (State(call).Panel is not { } panel) return LcdBuffer.NotThere(call);
        panel.FlushesAlways = call.Truthy(1);
        return call.Return(panel.FlushesAlways);
    }

    private static int SetFont(in LuaCall call)
    {
        if (call[1].Type != LuaType.LightUserdata || call[1].AsLightUserdata is not { Target: not 0 } font)
        {
            call.Host<FirmwareHost>().Log.Write(LogLevel.Error, Tag, "only font pointer is allow");
            return call.Return();
        }

        var panel = Panel(call, "setFont");
        panel.Letters = Fonts.At(font.Target) ?? throw NullPointer.Error(call, "lcd.setFont of another pointer");
        if (call[2].IsInteger) _ = call.Int(2);
        return call.Return(true);
    }

    private static int SetDefault(in LuaCall call)
    {
        if (call.Count != 1) return call.Return(call.Count == 0 ? default : call[call.Count]);
        State(call).Panel = LcdBuffer.Given(call);
        return call.Return(true);
    }

    private static int GetDefault(in LuaCall call) =>
        State(call).Panel is null ? call.Return() : call.Return(LcdBuffer.Pointer);

    private static int GetSize(in LuaCall call)
    {
        var panel = call.Count == 1 && LcdBuffer.Given(call) is { } given ? given : State(call).Panel;
        return call.Return(LuaValue.Integer(panel?.Width ?? 0), LuaValue.Integer(panel?.Height ?? 0));
    }
}
