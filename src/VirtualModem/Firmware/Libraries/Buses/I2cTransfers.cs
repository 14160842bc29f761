using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;

namespace AirHil.VirtualModem.Firmware.Libraries.Buses;

/// <summary><c>i2c.transfer</c>, which waits, and <c>i2c.xfer</c>, which does not.</summary>
internal static class I2cTransfers
{
    private const int DefaultTimeoutMs = 100;

    /// <summary>
    /// Writes, and reads behind a repeated start. Where nothing is to be written and something to be read, the driver
    /// writes the buffer for what is read; a table counts as nothing.
    /// </summary>
    public static int Transfer(in LuaCall call)
    {
        var address = call.Int(2);
        var sent = Sent(call);
        var buffer = call[4].AsUserdata?.Payload as Zbuff;
        var count = call[5].IsInteger ? call.Int(5) : 0;
        // A controller's binding looks whether it got memory, and only writes where it got none.
        if (buffer is null && call[1].AsUserdata is null && !BusBytes.HasRoom(call, count)) count = 0;
        BusBytes.Count(call, count, "i2c.transfer");
        if (count > 0 && buffer is not null && buffer.Used + count > buffer.Length)
        {
            ZbuffMethods.TryGrow(call, buffer, (long)buffer.Length + count);
        }

        if (count > 0 && buffer is not null) ZbuffMethods.ReportBehind(call, buffer);
        var master = I2cLibrary.Master(call);
        return call.Continue(frame => Transferring(frame, master, address, sent, buffer, count));
    }

    private static byte[] Sent(in LuaCall call)
    {
        if (call.Count >= 3 && call[3].IsNil) return [];
        if (call[3].IsInteger) return [unchecked((byte)call.Int(3))];
        if (BusBytes.OfText(call, 3) is { } text) return text;
        return call[3].AsTable is null ? ZbuffLibrary.Argument(call, 3).Data.ToArray() : [];
    }

    private static IEnumerator<NativeStep> Transferring(
        NativeFrame frame, I2cMaster? master, int address, byte[] sent, Zbuff? buffer, int count)
    {
        var host = (FirmwareHost)frame.State.Host!;
        var last = count == 0
            ? new I2cTransaction(address, sent, null)
            : new I2cTransaction(address, sent, count);
        if (master is SoftI2c)
        {
            // The result of the writing part is forgotten, and the reading part comes even where it reads nothing.
            last = new I2cTransaction(address, null, count);
            if (sent.Length > 0)
            {
                foreach (var step in master.Run(new I2cTransaction(address, sent, null))) yield return step;
            }
        }
        else if (count > 0 && sent.Length == 0)
        {
            host.Notice(
                $"i2c.transfer with nothing to send: V1112 writes {count} bytes of its receive buffer and reads " +
                "none. Use i2c.recv.");
            last = new I2cTransaction(address, new byte[count], null);
        }

        foreach (var step in I2cLibrary.Run(master, last)) yield return step;
        LuaValue received = default;
        if (count > 0)
        {
            // Where it failed the block has what it had before, which here is zeros.
            var bytes = last.Read.Length == count ? last.Read : new byte[count];
            if (buffer is null) received = frame.State.NewString(bytes);
            else buffer.Write(bytes);
        }

        frame.Return(I2cLibrary.Code(master, last) == 0, received);
    }

    /// <summary>i2c.xfer: a topic tells the end.</summary>
    public static int Start(in LuaCall call)
    {
        var topic = call.String(6);
        var (id, address) = (call.Int(1), call.Int(2));
        var sent = (call[3].AsUserdata?.Payload as Zbuff)?.Data.ToArray() ?? [];
        var buffer = call[4].AsUserdata?.Payload as Zbuff;
        var count = 0;
        if (call[5].IsInteger && buffer is not null)
        {
            count = BusBytes.Count(call, call.Int(5), "i2c.xfer");
            buffer.Used = Math.Min(count, buffer.Length);
        }

        var limit = TimeSpan.FromMilliseconds(unchecked((ushort)call.IntOr(7, DefaultTimeoutMs)));
        if (I2cLibrary.Controller(call.Host<FirmwareHost>(), id) is not { IsBusy: false } controller)
        {
            return call.Return(false);
        }

        ReadOnlyMemory<byte>? written = null;
        if (sent.Length > 0 || count == 0) written = sent;
        var transaction = new I2cTransaction(address, written, count > 0 ? count : null) { RunsBeside = limit };
        return call.Continue(frame => Starting(frame, controller, transaction, buffer, new Ending(topic, id)));
    }

    private static IEnumerator<NativeStep> Starting(
        NativeFrame frame, I2cController controller, I2cTransaction transaction, Zbuff? buffer, Ending ending)
    {
        controller.IsBusy = true;
        foreach (var step in controller.Run(transaction)) yield return step;
        var board = ((FirmwareHost)frame.State.Host!).Board;
        board.NewAlarm(() =>
        {
            controller.IsBusy = false;
            if (buffer is not null && transaction.IsOk) CopyTo(buffer, transaction.Read);
            board.Post(new TransferDone(ending.Topic, ending.Bus, I2cLibrary.Code(controller, transaction)));
        }).Set(board.Now + transaction.Took);
        frame.Return(true);
    }

    private static void CopyTo(Zbuff buffer, byte[] bytes) =>
        bytes.AsSpan(0, Math.Min(bytes.Length, buffer.Length)).CopyTo(buffer.Memory);

    private sealed record Ending(LuaString Topic, int Bus);
}
