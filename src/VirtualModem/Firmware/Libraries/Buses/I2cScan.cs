using System.Globalization;
using System.Text;
using AirHil.Lua.Run;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Buses;

/// <summary>
/// <c>i2c.scan</c> (L:components/i2c-tools/i2c_utils.c): sets the bus up, writes two zeros to every address, and logs
/// which of them acknowledge.
/// </summary>
internal static class I2cScan
{
    private const int Columns = 16;
    private const int Rows = 8;

    public static int Scan(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var controller = I2cLibrary.Controller(host, unchecked((byte)call.IntOr(1, 0)));
        controller?.Setup(call.IntOr(2, 0));
        return call.Continue(frame => Scanning(frame, controller));
    }

    private static IEnumerator<NativeStep> Scanning(NativeFrame frame, I2cController? controller)
    {
        var text = new StringBuilder("\nID  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f\n");
        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row}0: ");
            for (var column = 0; column < Columns; column++)
            {
                var probe = new I2cTransaction((row * Columns) + column, new byte[2], null);
                foreach (var step in I2cLibrary.Run(controller, probe)) yield return step;
                yield return NativeStep.Pause;
                if (I2cLibrary.Code(controller, probe) == 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{probe.Address:X2} ");
                }
                else
                {
                    text.Append("-- ");
                }
            }

            text.Append('\n');
        }

        ((FirmwareHost)frame.State.Host!).Log.Write(LogLevel.Debug, "i2c", text.ToString());
    }
}
