using AirHil.Lua.Run;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>A QR code within a square: how large its modules are, and where the first one is.</summary>
internal sealed record QrRequest(QrCode? Code, int X, int Y, int Size)
{
    /// <summary>Each of eight masks is laid on each module, whose lines are then judged both ways.</summary>
    private const int MaskedBytes = 8 * 4 * 2;

    /// <summary>Pixels of a module's side.</summary>
    public int Scale => Size / Code!.Size;

    /// <summary>From the arguments x, y, text and size. Without a code there is a line in the log.</summary>
    public static QrRequest Of(in LuaCall call, string tag)
    {
        var (x, y, text, size) = (call.Int(1), call.Int(2), call.String(3), call.Int(4));
        var code = QrCode.Of(text.Span);
        call.State.ChargeBytes(code is null ? 0 : (long)code.Size * code.Size * MaskedBytes);
        if (code is null)
        {
            call.Host<FirmwareHost>().Log.Write(LogLevel.Error, tag, "qrcodegen_encodeText false");
        }
        else if (size < code.Size)
        {
            call.Host<FirmwareHost>().Log.Write(
                LogLevel.Error, tag, $"size must be greater than qr_size {code.Size}");
            code = null;
        }

        return new QrRequest(code, x, y, size);
    }

    /// <summary>The corners of the dark modules, in the middle of the square.</summary>
    public IEnumerable<(int X, int Y)> Dark()
    {
        if (Code is null) yield break;
        var margin = (Size - (Code.Size * Scale)) / 2;
        for (var y = 0; y < Code.Size; y++)
        {
            for (var x = 0; x < Code.Size; x++)
            {
                if (Code[x, y]) yield return (X + margin + (x * Scale), Y + margin + (y * Scale));
            }
        }
    }
}
