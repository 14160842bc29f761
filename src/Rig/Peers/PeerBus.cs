using AirHil.Lua.Values;
using AirHil.Modem.Buses;

namespace AirHil.Rig.Peers;

/// <summary>
/// What the script of a peer does on a bus of the module, whose master waits for it: <c>on_data</c> gets what is
/// written, <c>on_read</c> gives what is read, and else what was sent is read (docs/peers.md).
/// </summary>
internal sealed class PeerBus(ScriptHost host)
{
    /// <summary>Bytes that wait at most to be read.</summary>
    public const int WaitingLimit = 1 << 20;

    private readonly Queue<byte> _waiting = new();
    private TimeSpan? _held;

    /// <summary>Bytes for the master, when it reads.</summary>
    /// <returns>False: too many wait.</returns>
    public bool Send(ReadOnlyMemory<byte> bytes)
    {
        if (_waiting.Count + bytes.Length > WaitingLimit) return false;
        foreach (var b in bytes.Span) _waiting.Enqueue(b);
        return true;
    }

    /// <summary>The clock of I2C is held so long in the transaction that goes on.</summary>
    /// <returns>False: none goes on.</returns>
    public bool Stretch(TimeSpan time)
    {
        if (_held is null) return false;
        _held += time;
        return true;
    }

    /// <inheritdoc cref="Devices.IBusDevice.Transfer"/>
    public BusAnswer.I2c Transfer(ReadOnlyMemory<byte>? written, int? count, TimeSpan now)
    {
        _held = TimeSpan.Zero;
        var answer = Answer(written, count, now);
        answer = answer with { Held = _held.Value };
        _held = null;
        return answer;
    }

    /// <inheritdoc cref="Devices.IBusDevice.Exchange"/>
    public ReadOnlyMemory<byte> Exchange(ReadOnlyMemory<byte> sent, TimeSpan now)
    {
        var answer = First(host.Deliver(host.Text(sent), now));
        RefuseOther("on_data", answer);
        return answer.AsString is { } bytes ? bytes.Memory : Waiting(sent.Length);
    }

    /// <inheritdoc cref="Devices.IBusDevice.Select"/>
    public void Select(bool selected, TimeSpan now) => host.Call("on_select", now, selected);

    private BusAnswer.I2c Answer(ReadOnlyMemory<byte>? written, int? count, TimeSpan now)
    {
        var taken = written?.Length ?? 0;
        if (written is { IsEmpty: false } bytes)
        {
            var answer = First(host.Deliver(host.Text(bytes), now));
            RefuseOther("on_data", answer);
            if (answer.IsBoolean && answer.IsFalsy) return new BusAnswer.I2c(-1, default);
            if (answer.IsInteger) taken = (int)Math.Clamp(answer.AsInteger, 0, bytes.Length);
            if (taken < bytes.Length) return new BusAnswer.I2c(taken, default);
        }

        if (count is not { } wanted) return new BusAnswer.I2c(taken, default);
        if (!host.Has("on_read")) return new BusAnswer.I2c(taken, Waiting(wanted));
        var read = First(host.Call("on_read", now, wanted));
        RefuseOther("on_read", read);
        return read.IsBoolean && read.IsFalsy
            ? new BusAnswer.I2c(-1, default)
            : new BusAnswer.I2c(taken, read.AsString?.Memory ?? default);
    }

    /// <summary>Bytes are a text: a table of them would be read as nothing.</summary>
    private void RefuseOther(string function, LuaValue answer)
    {
        if (answer.AsTable is not null || answer.AsFunction is not null)
        {
            host.Refuse(function, $"gave a {answer.TypeName}; bytes are a string, such as string.char(1, 2)");
        }
    }

    private byte[] Waiting(int count)
    {
        var bytes = new byte[Math.Min(count, _waiting.Count)];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = _waiting.Dequeue();
        return bytes;
    }

    private static LuaValue First(IReadOnlyList<LuaValue>? results) => results is [var first, ..] ? first : default;
}
