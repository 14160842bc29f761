using System.Globalization;
using System.Text;
using AirHil.Modem.Units;

namespace AirHil.Modem.Buses;

/// <summary>
/// A device as data: registers, and answers to what is written. As a text it is words: options ("address=2", "value=2",
/// "increment=off", "read=80"), registers ("0A:1A2B", both hexadecimal) and answers ("2C06>6123"; ">6123" answers a
/// plain read). Registers that the table does not name hold 0.
/// </summary>
public sealed class DeviceTable : IEquatable<DeviceTable>
{
    private const int MostAddressBytes = 2;
    private const int MostValueBytes = 4;
    private readonly string _text;

    private DeviceTable(string text) => _text = text;

    /// <summary>No registers and no answers.</summary>
    public static DeviceTable Empty { get; } = new("");

    /// <summary>Bytes of a register's address on the bus, the most significant first: 1 or 2.</summary>
    public int AddressBytes { get; private init; } = 1;

    /// <summary>Bytes of a register's value: 1 to 4.</summary>
    public int ValueBytes { get; private init; } = 1;

    /// <summary>Whether the next register follows when one is read or written whole; else the same again.</summary>
    public bool Increments { get; private init; } = true;

    /// <summary>On SPI: which bits of the first byte ask for a read.</summary>
    public byte ReadBits { get; private init; } = 0x80;

    /// <summary>What registers hold at first: the first register of a run and the bytes of the run.</summary>
    public IReadOnlyList<(int Register, ReadOnlyMemory<byte> Bytes)> Registers { get; private init; } = [];

    /// <summary>What is answered to exactly these bytes.</summary>
    public IReadOnlyList<(ReadOnlyMemory<byte> To, ReadOnlyMemory<byte> With)> Answers { get; private init; } = [];

    /// <exception cref="FormatException">The text is no table; the message says which word is wrong.</exception>
    public static DeviceTable Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (address, value, increments, read) = (1, 1, true, (byte)0x80);
        var registers = new List<(int, ReadOnlyMemory<byte>)>();
        var answers = new List<(ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = word.IndexOfAny(['=', ':', '>']);
            if (at < 0) throw Wrong(word);
            var (name, right) = (word[..at], word[(at + 1)..]);
            switch (word[at], name)
            {
                case ('=', "address"):
                    address = Bytes(right, MostAddressBytes);
                    break;
                case ('=', "value"):
                    value = Bytes(right, MostValueBytes);
                    break;
                case ('=', "increment"):
                    increments = right == "on" || (right == "off" ? false : throw Wrong(word));
                    break;
                case ('=', "read"):
                    read = (byte)Register(right);
                    break;
                case (':', _):
                    registers.Add((Register(name), Escapes.FromHex(right)));
                    break;
                case ('>', _):
                    answers.Add((Escapes.FromHex(name), Escapes.FromHex(right)));
                    break;
                default:
                    throw Wrong(word);
            }
        }

        if (registers.Find(r => r.Item2.Length % value != 0) is { Item2.Length: > 0 } odd)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"register 0x{odd.Item1:X2} has {odd.Item2.Length} bytes; a value has {value}"));
        }

        return new DeviceTable(Words(address, value, increments, read, registers, answers))
        {
            AddressBytes = address,
            ValueBytes = value,
            Increments = increments,
            ReadBits = read,
            Registers = registers,
            Answers = answers,
        };
    }

    public bool Equals(DeviceTable? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as DeviceTable);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;

    private static string Words(
        int address, int value, bool increments, byte read, List<(int, ReadOnlyMemory<byte>)> registers,
        List<(ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)> answers)
    {
        var text = new StringBuilder();
        if (address != 1) text.Append(CultureInfo.InvariantCulture, $" address={address}");
        if (value != 1) text.Append(CultureInfo.InvariantCulture, $" value={value}");
        if (!increments) text.Append(" increment=off");
        if (read != 0x80) text.Append(CultureInfo.InvariantCulture, $" read={read:X2}");
        foreach (var (register, bytes) in registers)
        {
            text.Append(CultureInfo.InvariantCulture, $" {register:X2}:{Convert.ToHexString(bytes.Span)}");
        }

        foreach (var (to, with) in answers)
        {
            text.Append(
                CultureInfo.InvariantCulture, $" {Convert.ToHexString(to.Span)}>{Convert.ToHexString(with.Span)}");
        }

        return text.ToString().TrimStart();
    }

    private static int Bytes(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1
            && count <= most
            ? count
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"'{text}' is not a number of bytes from 1 to {most}"));

    private static int Register(string text) => Numerals.Parse("0x" + text, 0xFFFF, "a register in hexadecimal");

    private static FormatException Wrong(string word) => new(
        $"'{word}' is no word of a device's table; there are address=, value=, increment=, read=, REGISTER:BYTES " +
        "and BYTES>ANSWER");
}
