using System.Globalization;
using AirHil.Lua.Run;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>
/// <c>lcd.showImage</c>: a file in JPEG goes to the display in rectangles of up to 16 by 16 pixels
/// (L:components/lcd/luat_lib_lcd.c).
/// </summary>
internal static class LcdPicture
{
    private const int WorkBytes = 3500 * 3;
    private static readonly string[] Endings = [".jpg", ".JPG", ".jpeg", ".JPEG"];

    public static int Show(in LuaCall call)
    {
        var (x, y, path) = (call.Int(1), call.Int(2), LuaText.Path(call.String(3)));
        var host = call.Host<FirmwareHost>();
        if (!Endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
        {
            host.Log.Write(LogLevel.Error, "lcd", "input_file not support");
            return call.Return(false);
        }

        if (host.Files.Open(path, "r") is not { } file)
        {
            host.Log.WriteBytes(LogLevel.Warn, "lcd", $"no such file {path}");
            return call.Return(false);
        }

        // V1112 forgets to close the file where the heap is full.
        if (!host.SystemHeap.TryAllocate(WorkBytes))
        {
            host.Log.Write(LogLevel.Error, "lcd", "out of memory when malloc jpeg decode workbuff");
            return call.Return(false);
        }

        var bytes = file.Read(long.MaxValue);
        host.SystemHeap.Free(WorkBytes);
        file.Close();
        var doing = "jd_prepare";
        JpegPicture picture;
        JpegPart? first;
        try
        {
            picture = new JpegPicture(bytes);
            doing = "jd_decomp";
            first = picture.Next();
        }
        catch (JpegException problem)
        {
            Tell(host, doing, path, problem);
            return call.Return(false);
        }

        var panel = LcdLibrary.Panel(call, "showImage");
        return call.Continue(frame => Showing(frame, host, panel, picture, first, (x, y), path));
    }

    private static IEnumerator<NativeStep> Showing(
        NativeFrame frame, FirmwareHost host, LcdPanel panel, JpegPicture picture, JpegPart? part, (int X, int Y) at,
        string path)
    {
        var bus = new LcdBus(frame.State, panel);
        var drawing = new LcdDrawing(panel);
        while (part is not null)
        {
            frame.State.ChargeBytes(part.Pixels.Length * 3L);
            if (frame.State.BudgetLeft <= 0) yield return NativeStep.Pause;
            foreach (var step in bus.Run(Draw(drawing, part, at.X, at.Y))) yield return step;
            if (TryNext(host, picture, path, out part)) continue;
            frame.Return(false);
            yield break;
        }

        if (panel.FlushesAlways)
        {
            foreach (var step in bus.Run(panel.Flush())) yield return step;
        }

        frame.Return(true);
    }

    private static IEnumerable<LcdWrite> Draw(LcdDrawing drawing, JpegPart part, int x, int y)
    {
        var pixels = part.Pixels.SelectMany(pixel => drawing.Pixels(1, pixel)).ToArray();
        unchecked
        {
            var (left, top) = ((short)(x + part.Left), (short)(y + part.Top));
            return drawing.Draw(left, top, (short)(x + part.Right), (short)(y + part.Bottom), pixels);
        }
    }

    private static bool TryNext(FirmwareHost host, JpegPicture picture, string path, out JpegPart? part)
    {
        try
        {
            part = picture.Next();
            return true;
        }
        catch (JpegException problem)
        {
            Tell(host, "jd_decomp", path, problem);
            part = null;
            return false;
        }
    }

    private static void Tell(FirmwareHost host, string doing, string path, JpegException problem)
    {
        if (problem.IsOtherKind)
        {
            host.Log.Write(LogLevel.Warn, "tjpgd", "Unsuppoted JPEG standard (may be progressive JPEG)");
        }

        host.Log.WriteBytes(LogLevel.Warn, "lcd", string.Create(
            CultureInfo.InvariantCulture, $"{doing} file {path} error {(int)problem.Error}"));
    }
}
