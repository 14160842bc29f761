using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Buses;

/// <summary>
/// <c>i2c</c> (hardware reference §5; L:luat/modules/luat_lib_i2c.c, S:interface/src/luat_i2c_ec618.c). An id is a
/// number, or the object of createSoft.
/// </summary>
internal static class I2cLibrary
{
    private const string SoftType = "EI2C*";

    /// <summary>sizeof(luat_ei2c_t) in the Lua heap.</summary>
    private const int SoftBytes = 16;

    private const int DefaultDelayUs = 5;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("i2c")
        .Add("exist", static (in LuaCall call) => call.Return(Exists(call.Int(1))))
        .Add("setup", Setup)
        .Add("createSoft", CreateSoft)
        .Add("send", Send)
        .Add("recv", Receive)
        .Add("transfer", I2cTransfers.Transfer)
        .Add("writeReg", WriteRegister)
        .Add("readReg", ReadRegister)
        .Add("close", Close)
        .Add("readDHT12", I2cSensors.ReadDht12)
        .Add("readSHT30", I2cSensors.ReadSht30)
        .Add("xfer", I2cTransfers.Start)
        .Add("scan", I2cScan.Scan);

    /// <summary>
    /// The master that argument 1 names; null: V1112 has no such bus. The bindings look at an object last, behind all
    /// other arguments, and at a number first: see <see cref="CheckNumber"/>.
    /// </summary>
    public static I2cMaster? Master(in LuaCall call) => IsObject(call)
        ? call.Payload<SoftI2c>(1, SoftType)
        : Controller(call.Host<FirmwareHost>(), call.Int(1));

    /// <summary>An error where argument 1 is neither an object nor a number.</summary>
    public static void CheckNumber(in LuaCall call)
    {
        if (!IsObject(call)) _ = call.Int(1);
    }

    private static bool IsObject(in LuaCall call) => call[1].Type is LuaType.Userdata or LuaType.LightUserdata;

    /// <summary>A controller; null: there is none of this number.</summary>
    public static I2cController? Controller(FirmwareHost host, int id)
    {
        if (id < 0)
        {
            host.Notice(string.Create(
                CultureInfo.InvariantCulture,
                $"i2c: V1112 takes the id {id} and reads before its tables; what a module does then is not known."));
        }

        return id is 0 or 1 ? host.Buses.I2c[id] : null;
    }

    /// <summary>What the driver's function returns: 0, or a code.</summary>
    public static int Code(I2cMaster? master, I2cTransaction transaction) =>
        master is null ? -1 : transaction.IsOk ? 0 : master.CodeOf(transaction.Result);

    /// <summary>The steps of a transaction; none where there is no such bus.</summary>
    public static IEnumerable<NativeStep> Run(I2cMaster? master, I2cTransaction transaction) =>
        master?.Run(transaction) ?? [];

    /// <summary>Ends a reading function: the bytes, or "" and the log line.</summary>
    public static void ReturnRead(NativeFrame frame, I2cMaster? master, I2cTransaction reading)
    {
        var code = Code(master, reading);
        if (code != 0) ReportCode(frame, "receive", code);
        frame.Return(frame.State.NewString(code == 0 ? reading.Read : []));
    }

    private static void ReportCode(NativeFrame frame, string what, int code) =>
        ((FirmwareHost)frame.State.Host!).Log.Write(
            LogLevel.Debug, "i2c", $"i2c {what} result {code}");

    /// <summary>The binding compares a signed id with the number of buses.</summary>
    private static bool Exists(int id) => id < 2;

    private static int Setup(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        if (IsObject(call))
        {
            host.Log.Write(LogLevel.Debug, "i2c", "软件i2c不需要再执行i2c.setup");
            return call.Return(1);
        }

        var id = call.Int(1);
        var speed = call.IntOr(2, 0);
        Controller(host, id)?.Setup(speed);
        return call.Return(Exists(id) ? 1 : 0);
    }

    private static int CreateSoft(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var (clock, data) = (EarlyUserdata.Int(call, 1), EarlyUserdata.Int(call, 2));
        var delay = call[3].IsInteger ? Math.Max(1, call.Int(3)) : DefaultDelayUs;
        foreach (var pin in new[] { clock, data })
        {
            if (pin is >= 0 and < AirHil.Modem.Pins.ModulePin.Count) host.Pins.SetOutput(pin, true);
        }

        var soft = host.Buses.NewSoftI2c(clock, data, delay);
        return call.Return(call.State.NewUserdata(soft, TypeMetatable.Of(call.State, SoftType), SoftBytes));
    }

    private static int Send(in LuaCall call)
    {
        CheckNumber(call);
        var address = call.Int(2);
        _ = call.NumberOr(4, 1);
        var bytes = call[3].IsInteger
            ? [unchecked((byte)call.Int(3))]
            : BusBytes.OfText(call, 3)
                ?? (call[3].AsTable is { } table ? BusBytes.OfTable(call, table) : []);
        return Sends(call, Master(call), new I2cTransaction(address, bytes, null));
    }

    private static int WriteRegister(in LuaCall call)
    {
        CheckNumber(call);
        var address = call.Int(2);
        var register = unchecked((byte)call.Int(3));
        byte[] bytes = [register, .. call.String(4).Span];
        _ = call.NumberOr(5, 1);
        return Sends(call, Master(call), new I2cTransaction(address, bytes, null));
    }

    private static int Sends(in LuaCall call, I2cMaster? master, I2cTransaction writing) =>
        call.Continue(frame => Sending(frame, master, writing));

    private static IEnumerator<NativeStep> Sending(NativeFrame frame, I2cMaster? master, I2cTransaction writing)
    {
        foreach (var step in Run(master, writing)) yield return step;
        frame.Return(Code(master, writing) == 0);
    }

    private static int Receive(in LuaCall call)
    {
        CheckNumber(call);
        var reading = new I2cTransaction(call.Int(2), null, BusBytes.Count(call, call.Int(3), "i2c.recv"));
        var master = Master(call);
        return call.Continue(frame => Receiving(frame, master, reading));
    }

    private static IEnumerator<NativeStep> Receiving(NativeFrame frame, I2cMaster? master, I2cTransaction reading)
    {
        foreach (var step in Run(master, reading)) yield return step;
        ReturnRead(frame, master, reading);
    }

    private static int ReadRegister(in LuaCall call)
    {
        CheckNumber(call);
        var (address, register) = (call.Int(2), unchecked((byte)call.Int(3)));
        var count = BusBytes.Count(call, call.Int(4), "i2c.readReg");
        _ = call.NumberOr(5, 0);
        var master = Master(call);
        return call.Continue(frame => ReadingRegister(
            frame, master, new I2cTransaction(address, new[] { register }, null),
            new I2cTransaction(address, null, count)));
    }

    private static IEnumerator<NativeStep> ReadingRegister(
        NativeFrame frame, I2cMaster? master, I2cTransaction writing, I2cTransaction reading)
    {
        foreach (var step in Run(master, writing)) yield return step;
        if (Code(master, writing) is not 0 and var code)
        {
            ReportCode(frame, "send", code);
            frame.Return(LuaString.Empty);
            yield break;
        }

        foreach (var step in Run(master, reading)) yield return step;
        ReturnRead(frame, master, reading);
    }

    private static int Close(in LuaCall call)
    {
        Controller(call.Host<FirmwareHost>(), call.Int(1))?.Close();
        return call.Return();
    }
}
