using AirHil.Lua.Run;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>
/// <c>u8g2</c>: a monochrome display with the controller SSD1306 or SH1106 (hardware reference §18;
/// L:components/u8g2/luat_lib_u8g2.c). Before u8g2.begin most functions do nothing.
/// </summary>
internal static class OledLibrary
{
    private const string Tag = "u8g2";
    private const int AllParts = 15;

    /// <summary>V1112 counts with 32 bits here, which larger radii overflow.</summary>
    private const int LargestRadius = 1024;

    public static LibraryDefinition Definition { get; } = AddFigures(AddControls(new LibraryDefinition("u8g2")));

    private static LibraryDefinition AddControls(LibraryDefinition library) => library
        .Add("begin", OledSetup.Begin)
        .Add("init", OledSetup.Begin)
        .Add("close", static (in LuaCall call) =>
        {
            (State(call).IsTaken, State(call).Panel) = (false, null);
            return call.Return();
        })
        .Add("ClearBuffer", static (in LuaCall call) =>
        {
            return Drawn(call, 0, (_, canvas, _) => canvas.Clear());
        })
        .Add("SendBuffer", static (in LuaCall call) => Sent(call, bus => bus.Picture()))
        .Add("SetContrast", static (in LuaCall call) =>
        {
            if (Panel(call) is null) return call.Return();
            var value = unchecked((byte)call.Int(1));
            return Sent(call, bus => bus.Contrast(value));
        })
        .Add("SetPowerSave", static (in LuaCall call) =>
        {
            var on = call[1].IsInteger ? call.Int(1) != 0 : call[1].IsBoolean && call.Truthy(1);
            return Sent(call, bus => bus.Switch(!on));
        })
        .Add("DrawUTF8", static (in LuaCall call) => DrawText(call, isButton: false))
        .Add("DrawButtonUTF8", static (in LuaCall call) => DrawText(call, isButton: true))
        .Add("DrawGlyph", static (in LuaCall call) =>
        {
            if (Panel(call) is { } panel)
            {
                OledText.Draw(panel, Place(call, 1), Place(call, 2), [Place(call, 3)]);
                Charge(call.State, panel);
            }

            return call.Return();
        })
        .Add("SetFontMode", static (in LuaCall call) =>
        {
            if (Panel(call) is not { } panel) return call.Return();
            panel.IsTransparent = unchecked((byte)call.Int(1)) != 0;
            return call.Return(true);
        })
        .Add("SetFont", SetFont)
        .Add("GetDisplayHeight", static (in LuaCall call) =>
            Panel(call) is { } panel ? call.Return(panel.Canvas.Height) : call.Return())
        .Add("GetDisplayWidth", static (in LuaCall call) =>
            Panel(call) is { } panel ? call.Return(panel.Canvas.Width) : call.Return())
        .Add("SetDrawColor", static (in LuaCall call) =>
        {
            if (Panel(call) is not { } panel) return call.Return();
            var colour = unchecked((byte)call.Int(1));
            panel.Canvas.Colour = colour >= 3 ? (byte)1 : colour;
            return call.Return();
        })
        .Add("SetBitmapMode", static (in LuaCall call) =>
        {
            if (Panel(call) is { } panel) panel.Canvas.IsTransparent = unchecked((byte)call.Int(1)) != 0;
            return call.Return();
        })
        .Add("CopyBuffer", CopyBuffer);

    private static LibraryDefinition AddFigures(LibraryDefinition library) => library
        .Add("DrawPixel", static (in LuaCall call) => Drawn(call, 2, (_, canvas, n) => canvas.Pixel(n[0], n[1])))
        .Add("DrawLine", static (in LuaCall call) =>
            Drawn(call, 4, (shapes, _, n) => shapes.Line(n[0], n[1], n[2], n[3])))
        .Add("DrawCircle", static (in LuaCall call) =>
            Parts(call, 3, (shapes, n, parts) => shapes.Circle(n[0], n[1], n[2], parts)))
        .Add("DrawDisc", static (in LuaCall call) =>
            Parts(call, 3, (shapes, n, parts) => shapes.Disc(n[0], n[1], n[2], parts)))
        .Add("DrawEllipse", static (in LuaCall call) =>
            Ellipse(call, false))
        .Add("DrawFilledEllipse", static (in LuaCall call) =>
            Ellipse(call, true))
        .Add("DrawBox", static (in LuaCall call) =>
            Drawn(call, 4, (shapes, _, n) => shapes.Box(n[0], n[1], n[2], n[3])))
        .Add("DrawFrame", static (in LuaCall call) =>
            Drawn(call, 4, (shapes, _, n) => shapes.Frame(n[0], n[1], n[2], n[3])))
        .Add("DrawRBox", static (in LuaCall call) =>
            Drawn(call, 5, (shapes, _, n) => shapes.RoundBox(n[0], n[1], n[2], n[3], n[4])))
        .Add("DrawRFrame", static (in LuaCall call) =>
            Drawn(call, 5, (shapes, _, n) => shapes.RoundFrame(n[0], n[1], n[2], n[3], n[4])))
        .Add("DrawTriangle", static (in LuaCall call) => Drawn(call, 6, (_, canvas, n) => new BitTriangle(canvas,
            unchecked([((short)n[0], (short)n[1]), ((short)n[2], (short)n[3]), ((short)n[4], (short)n[5])])).Draw()))
        .Add("DrawXBM", DrawBits)
        .Add("DrawDrcode", static (in LuaCall call) =>
        {
            var request = QrRequest.Of(call, Tag);
            if (request.Code is null) return call.Return();
            var panel = Panel(call) ?? throw NullPointer.Error(call, "u8g2.DrawDrcode without a display");
            return call.Continue(frame => Boxes(frame, panel, request));
        });

    /// <summary>An ellipse of one point is drawn for ever (a slip): neither radius brings its ends nearer.</summary>
    private static int Ellipse(in LuaCall call, bool isFilled)
    {
        if (Panel(call) is { } panel)
        {
            var (x, y) = (Place(call, 1), Place(call, 2));
            var isPoint = (Place(call, 3) | Place(call, 4)) == 0;
            _ = call.IntOr(5, AllParts);
            if (isPoint && panel.Canvas.Touches(x, y, x + 1, y + 1)) return call.Continue(Endless);
        }

        return Parts(call, 4, (shapes, n, parts) => shapes.Ellipse(n[0], n[1], n[2], n[3], parts, isFilled));
    }

    private static IEnumerator<NativeStep> Endless(NativeFrame frame)
    {
        while (true)
        {
            frame.State.Charge(1 + Math.Max(0, frame.State.BudgetLeft));
            yield return NativeStep.Pause;
        }
    }

    private static IEnumerator<NativeStep> Boxes(NativeFrame frame, OledPanel panel, QrRequest request)
    {
        var shapes = new BitShapes(panel.Canvas);
        var scale = unchecked((ushort)request.Scale);
        foreach (var (x, y) in request.Dark())
        {
            unchecked
            {
                shapes.Box((ushort)x, (ushort)y, scale, scale);
            }

            Charge(frame.State, panel);
            if (frame.State.BudgetLeft <= 0) yield return NativeStep.Pause;
        }

        frame.Return();
    }

    private static void Charge(LuaState state, OledPanel panel) => state.ChargeBytes(panel.Canvas.TakeWork());


    private static OledState State(in LuaCall call) => call.Host<FirmwareHost>().Oled;

    /// <summary>Null: begin was not called. One that failed half way leaves a display that nobody can use.</summary>
    private static OledPanel? Panel(in LuaCall call) => State(call) switch
    {
        { IsTaken: true, Panel: null } => throw NullPointer.Error(call, "u8g2 after a begin that failed"),
        var state => state.Panel,
    };

    private static ushort Place(in LuaCall call, int index) => unchecked((ushort)call.Int(index));

    private static ushort[] Numbers(in LuaCall call, int count)
    {
        var numbers = new ushort[count];
        for (var i = 0; i < count; i++) numbers[i] = Place(call, i + 1);
        return numbers;
    }

    private static int Drawn(in LuaCall call, int count, Action<BitShapes, BitCanvas, ushort[]> draw)
    {
        if (Panel(call) is not { } panel) return call.Return();
        draw(new BitShapes(panel.Canvas), panel.Canvas, Numbers(call, count));
        Charge(call.State, panel);
        return call.Return();
    }

    private static int Parts(in LuaCall call, int count, Action<BitShapes, ushort[], int> draw)
    {
        if (Panel(call) is not { } panel) return call.Return();
        var numbers = Numbers(call, count);
        var parts = call.IntOr(count + 1, AllParts) & AllParts;
        if (numbers.Skip(2).Any(radius => radius > LargestRadius))
        {
            throw NotModelled.Error(call, $"u8g2 with a radius of more than {LargestRadius}");
        }

        draw(new BitShapes(panel.Canvas), numbers, parts);
        Charge(call.State, panel);
        return call.Return();
    }

    private static int Sent(in LuaCall call, Func<OledBus, IEnumerable<NativeStep>> send)
    {
        if (Panel(call) is not { } panel) return call.Return();
        var bus = new OledBus(call.Host<FirmwareHost>(), panel);
        return call.Continue(frame => send(bus).GetEnumerator());
    }

    private static int DrawText(in LuaCall call, bool isButton)
    {
        if (Panel(call) is not { } panel)
        {
            call.Host<FirmwareHost>().Log.Write(LogLevel.Warn, Tag, "disp not init yet!!!");
            return call.Return();
        }

        var letters = Utf8Letters.Of(call.String(1).Span);
        var (x, y) = (Place(call, 2), Place(call, 3));
        if (isButton)
        {
            new OledButton(Place(call, 4), Place(call, 5), Place(call, 6), Place(call, 7)).Draw(panel, x, y, letters);
        }
        else
        {
            OledText.Draw(panel, x, y, letters);
        }

        Charge(call.State, panel);
        return call.Return();
    }

    private static int SetFont(in LuaCall call)
    {
        var log = call.Host<FirmwareHost>().Log;
        if (Panel(call) is not { } panel)
        {
            log.Write(LogLevel.Info, Tag, "u8g2 not init yet!!!");
            return call.Return(false);
        }

        if (call[1].AsLightUserdata is not { } font)
        {
            log.Write(LogLevel.Error, Tag, "no such font");
            return call.Return();
        }

        if (font.Target == 0)
        {
            log.Write(LogLevel.Error, Tag, "only font pointer is allow");
            return call.Return();
        }

        panel.Letters = Fonts.At(font.Target) ?? throw NullPointer.Error(call, "u8g2.SetFont of another pointer");
        return call.Return(true);
    }

    private static int DrawBits(in LuaCall call)
    {
        if (Panel(call) is not { } panel) return call.Return();
        var (x, y, width, height) = (call.Int(1), call.Int(2), call.Int(3), call.Int(4));
        var bits = call.String(5).Span;
        if (height < 1 || bits.Length * 8L / height < width) return call.Return();
        if (bits.Length != (long)height * width / 8) return call.Return();
        unchecked
        {
            new BitShapes(panel.Canvas).Picture((ushort)x, (ushort)y, (ushort)width, (ushort)height, bits);
        }

        Charge(call.State, panel);
        return call.Return(true);
    }

    private static int CopyBuffer(in LuaCall call)
    {
        if (Panel(call) is not { } panel) return call.Return();
        var buffer = panel.Canvas.Buffer;
        if (call[1].IsNil) return call.Return(buffer.Length);
        var target = ZbuffLibrary.Argument(call, 1);
        if (target.Length < buffer.Length)
        {
            call.Host<FirmwareHost>().Log.Write(
                LogLevel.Debug, Tag, $"zbuff数据长度不够,需要{buffer.Length} 但只有 {target.Length}");
            return call.Return();
        }

        buffer.CopyTo(target.Memory);
        return call.Return(buffer.Length);
    }
}
