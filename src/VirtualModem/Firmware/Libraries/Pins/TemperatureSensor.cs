using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// sensor.ds18b20: starts a conversion and reads at once, so the value is that of the conversion before.
/// </summary>
internal static class TemperatureSensor
{
    private const byte SkipRom = 0xCC;
    private const byte Convert = 0x44;
    private const byte ReadScratchpad = 0xBE;
    private const int ScratchpadBytes = 9;
    private const byte Polynomial = 0x8C;
    private const int Highest = 1250;
    private const int Lowest = -550;

    public static int Read(in LuaCall call)
    {
        var checks = call.Count <= 1 || call.Truthy(2);
        var host = call.Host<FirmwareHost>();
        var pin = call.Int(1);
        return call.Continue(frame => Reading(frame, host, pin, checks));
    }

    private static IEnumerator<NativeStep> Reading(NativeFrame frame, FirmwareHost host, int pin, bool checks)
    {
        var wire = new OneWire(new PinWork(host), pin);
        var (code, tenths) = (0, 0);
        foreach (var command in new[] { Convert, ReadScratchpad })
        {
            foreach (var step in wire.Reset().Concat(wire.Connect())) yield return step;
            if (!wire.IsThere)
            {
                code = command == Convert ? -1 : -2;
                break;
            }

            foreach (var step in wire.Write(SkipRom).Concat(wire.Write(command))) yield return step;
        }

        if (code == 0)
        {
            var data = new byte[ScratchpadBytes];
            for (var i = 0; i < (checks ? data.Length : 2); i++)
            {
                foreach (var step in wire.Read()) yield return step;
                data[i] = wire.Value;
            }

            if (checks && Checksum(data.AsSpan(..^1)) != data[^1]) code = -4;
            else tenths = Tenths(data[0], data[1]);
        }

        var isGood = code == 0 && tenths is <= Highest and >= Lowest;
        if (!isGood) host.Log.Write(LogLevel.Info, "sensor", "ds18b20 read fail");
        frame.Return(LuaValue.Integer(isGood ? tenths : code), isGood);
    }

    /// <summary>Below zero the bits are only turned over, so the value is a sixteenth of a degree too high.</summary>
    private static int Tenths(byte low, byte high) => high > 7
        ? -(int)((((byte)~high << 8) + (byte)~low) * 0.0625 * 10 + 0.5)
        : (int)(((high << 8) + low) * 0.0625 * 10 + 0.5);

    private static byte Checksum(ReadOnlySpan<byte> data)
    {
        var sum = 0;
        foreach (var b in data)
        {
            sum ^= b;
            for (var i = 0; i < 8; i++) sum = (sum & 1) != 0 ? (sum >> 1) ^ Polynomial : sum >> 1;
        }

        return (byte)sum;
    }
}
