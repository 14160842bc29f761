using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Buses;

/// <summary>The two sensors that <c>i2c</c> reads by itself; both give tenths, humidity first.</summary>
internal static class I2cSensors
{
    private const int Dht12Address = 0x5C;
    private const int Sht30Address = 0x44;

    public static int ReadDht12(in LuaCall call)
    {
        I2cLibrary.CheckNumber(call);
        var address = call.IntOr(2, Dht12Address);
        var master = I2cLibrary.Master(call);
        return call.Continue(frame => ReadingDht12(frame, master, address));
    }

    private static IEnumerator<NativeStep> ReadingDht12(NativeFrame frame, I2cMaster? master, int address)
    {
        var writing = new I2cTransaction(address, new byte[1], null);
        foreach (var step in I2cLibrary.Run(master, writing)) yield return step;
        if (I2cLibrary.Code(master, writing) != 0)
        {
            Log(frame, "DHT12 i2c bus write fail");
            frame.Return(false);
            yield break;
        }

        var reading = new I2cTransaction(address, null, 5);
        foreach (var step in I2cLibrary.Run(master, reading)) yield return step;
        frame.Return(false);
        if (I2cLibrary.Code(master, reading) != 0) yield break;
        var data = reading.Read;
        if (data.All(b => b == 0))
        {
            Log(frame, "DHT12 DATA emtry");
            yield break;
        }

        Log(frame, $"DHT12 DATA {Convert.ToHexString(data)}");
        if (unchecked((byte)(data[0] + data[1] + data[2] + data[3])) != data[4])
        {
            Log(frame, "DATA12 DATA crc not ok");
            yield break;
        }

        var temperature = data[2] > 127 ? ((data[2] - 128) * -10) + data[3] : (data[2] * 10) + data[3];
        frame.Return(true, LuaValue.Integer((data[0] * 10) + data[1]), LuaValue.Integer(temperature));
    }

    public static int ReadSht30(in LuaCall call)
    {
        var address = call.IntOr(2, Sht30Address);
        var master = call[1].Type is LuaType.Userdata or LuaType.LightUserdata
            ? I2cLibrary.Master(call)
            : I2cLibrary.Controller(call.Host<FirmwareHost>(), call.IntOr(1, 0));
        return call.Continue(frame => ReadingSht30(frame, master, address));
    }

    /// <summary>Nobody looks whether the command was acknowledged, nor at the checksums.</summary>
    private static IEnumerator<NativeStep> ReadingSht30(NativeFrame frame, I2cMaster? master, int address)
    {
        var command = new I2cTransaction(address, new byte[] { 0x2C, 0x06 }, null);
        foreach (var step in I2cLibrary.Run(master, command)) yield return step;
        ((FirmwareHost)frame.State.Host!).Cpu.Take(TimeSpan.FromMilliseconds(master is SoftI2c ? 13 : 1));
        var reading = new I2cTransaction(address, null, 6);
        foreach (var step in I2cLibrary.Run(master, reading)) yield return step;
        frame.Return(false);
        if (I2cLibrary.Code(master, reading) != 0) yield break;
        var data = reading.Read;
        if (data.Take(5).All(b => b == 0))
        {
            Log(frame, "SHT30 DATA emtry");
            yield break;
        }

        var temperature = (float)(((((data[0] * 256) + data[1]) * 175) / 6553.5) - 450);
        var humidity = (float)((((data[3] * 256) + data[4]) * 100) / 6553.5);
        frame.Return(true, LuaValue.Integer((int)humidity), LuaValue.Integer((int)temperature));
    }

    private static void Log(NativeFrame frame, string text) =>
        ((FirmwareHost)frame.State.Host!).Log.Write(LogLevel.Debug, "i2c", text);
}
