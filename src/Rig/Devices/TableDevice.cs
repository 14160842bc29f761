using AirHil.Modem.Buses;

namespace AirHil.Rig.Devices;

/// <summary>
/// A device that a table describes. On I2C the first bytes of a write are the register's address and stay for a later
/// read; what is behind them is stored. On SPI the first bytes of a frame are the address, and bits of the first one
/// ask for a read.
/// </summary>
internal sealed class TableDevice : IBusDevice
{
    private readonly DeviceTable _table;
    private readonly SortedDictionary<int, byte[]> _registers = [];
    private readonly List<byte> _frame = [];
    private int _pointer;
    private int _offset;
    private ReadOnlyMemory<byte>? _answer;
    private bool _isSilent;
    private int? _takes;
    private TimeSpan _held;

    public TableDevice(DeviceTable table)
    {
        _table = table;
        foreach (var (register, bytes) in table.Registers) Store(register, bytes.Span);
    }

    public string? Tell(DeviceOrder order)
    {
        switch (order)
        {
            case DeviceOrder.Holds holds:
                Store(holds.Register, holds.Bytes.Span);
                break;
            case DeviceOrder.Silent:
                _isSilent = true;
                break;
            case DeviceOrder.Answers:
                (_isSilent, _takes, _held) = (false, null, TimeSpan.Zero);
                break;
            case DeviceOrder.Refuses refuses:
                _takes = refuses.After;
                break;
            case DeviceOrder.Stretches stretches:
                _held = stretches.Time;
                break;
            default:
                throw new ArgumentException($"a device of a table does not know '{order}'", nameof(order));
        }

        return null;
    }

    public BusAnswer.I2c Transfer(ReadOnlyMemory<byte>? written, int? count)
    {
        if (_isSilent) return new BusAnswer.I2c(-1, default);
        var taken = written?.Length ?? 0;
        if (written is { } bytes)
        {
            taken = Math.Min(taken, _takes ?? taken);
            Write(bytes.Span[..taken]);
            if (taken < bytes.Length) return new BusAnswer.I2c(taken, default, _held);
        }

        var read = new byte[count ?? 0];
        for (var i = 0; i < read.Length; i++) read[i] = Next(i);
        return new BusAnswer.I2c(taken, read, _held);
    }

    public byte[] Registers(int register, int bytes)
    {
        var held = new byte[bytes];
        for (var i = 0; i < bytes; i++)
        {
            held[i] = _registers.GetValueOrDefault(register + (i / _table.ValueBytes))?[i % _table.ValueBytes] ?? 0;
        }

        return held;
    }

    public void Select(bool selected) => _frame.Clear();

    public ReadOnlyMemory<byte> Exchange(ReadOnlyMemory<byte> sent)
    {
        var received = new byte[sent.Length];
        for (var i = 0; i < received.Length; i++) received[i] = Exchange(sent.Span[i]);
        return received;
    }

    private byte Exchange(byte sent)
    {
        if (_isSilent) return 0xFF;
        var answered = AnswerInFrame();
        _frame.Add(sent);
        if (answered is { } known) return known;
        if (_table.Answers.Count > 0 && _table.Registers.Count == 0) return 0xFF;
        var behind = _frame.Count - 1 - _table.AddressBytes;
        if (behind < 0) return 0xFF;
        var isRead = (_frame[0] & _table.ReadBits) != 0;
        if (behind == 0) Point([(byte)(_frame[0] & ~_table.ReadBits), .. _frame.Take(_table.AddressBytes).Skip(1)]);
        if (isRead) return NextOfRegister();
        Put(sent);
        return 0xFF;
    }

    /// <summary>What the longest answer to the frame's beginning has at this place; null: none fits.</summary>
    private byte? AnswerInFrame()
    {
        ReadOnlyMemory<byte>? best = null;
        var length = -1;
        foreach (var (to, with) in _table.Answers)
        {
            if (to.Length <= length || to.Length > _frame.Count) continue;
            if (!to.Span.SequenceEqual(_frame.Take(to.Length).ToArray())) continue;
            (best, length) = (with, to.Length);
        }

        if (best is not { } answer) return null;
        var at = _frame.Count - length;
        return at < answer.Length ? answer.Span[at] : (byte)0xFF;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _answer = null;
        foreach (var (to, with) in _table.Answers)
        {
            if (to.Span.SequenceEqual(bytes)) _answer = with;
        }

        if (_answer is not null || bytes.Length < _table.AddressBytes) return;
        Point(bytes[.._table.AddressBytes]);
        foreach (var b in bytes[_table.AddressBytes..]) Put(b);
    }

    private byte Next(int index)
    {
        var answer = _answer ?? PlainAnswer();
        if (answer is not { } known) return NextOfRegister();
        return index < known.Length ? known.Span[index] : (byte)0xFF;
    }

    /// <summary>The answer to a read that nothing was written for.</summary>
    private ReadOnlyMemory<byte>? PlainAnswer()
    {
        foreach (var (to, with) in _table.Answers)
        {
            if (to.IsEmpty) return with;
        }

        return null;
    }

    private void Point(ReadOnlySpan<byte> address)
    {
        (_pointer, _offset) = (0, 0);
        foreach (var b in address) _pointer = (_pointer << 8) | b;
    }

    private byte NextOfRegister()
    {
        var value = _registers.GetValueOrDefault(_pointer)?[_offset] ?? 0;
        Advance();
        return value;
    }

    private void Put(byte value)
    {
        if (!_registers.TryGetValue(_pointer, out var register))
        {
            _registers[_pointer] = register = new byte[_table.ValueBytes];
        }

        register[_offset] = value;
        Advance();
    }

    private void Advance()
    {
        if (++_offset < _table.ValueBytes) return;
        _offset = 0;
        if (_table.Increments) _pointer = (_pointer + 1) & ((1 << (8 * _table.AddressBytes)) - 1);
    }

    private void Store(int register, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i += _table.ValueBytes)
        {
            var value = new byte[_table.ValueBytes];
            bytes.Slice(i, Math.Min(value.Length, bytes.Length - i)).CopyTo(value);
            _registers[register++] = value;
        }
    }
}
