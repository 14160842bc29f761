using System.Globalization;
using AirHil.Modem.Units;

namespace AirHil.Modem.Buses;

/// <summary>What a rig does with a device of a bus, as a value with a phrase.</summary>
public abstract record DeviceOrder
{
    private const int MostBytes = 100_000;

    private DeviceOrder()
    {
    }

    /// <summary>Every form and what it means.</summary>
    public static IReadOnlyList<(string Form, string Meaning)> Catalogue { get; } =
    [
        ("has TABLE", "it is connected, at 0x44 or 68: registers 0A:1A2B and answers 2C06>6123, all hexadecimal"),
        ("holds REGISTER BYTES", "registers from this one on change, both hexadecimal"),
        ("silent", "it answers no more"),
        ("answers", "it answers again as at first"),
        ("refuses COUNT", "it takes so many bytes of a write and acknowledges no further one"),
        ("stretches DURATION", "it holds the clock so long in each transaction"),
        ("gone", "it is disconnected"),
    ];

    /// <summary>A device is connected in the place of what was there.</summary>
    public sealed record Has(DeviceTable Table) : DeviceOrder
    {
        public override string ToString() => $"has {Table}".TrimEnd();
    }

    /// <summary>Its registers change, from one on.</summary>
    public sealed record Holds(int Register, ReadOnlyMemory<byte> Bytes) : DeviceOrder
    {
        public bool Equals(Holds? other) =>
            other is not null && Register == other.Register && Bytes.Span.SequenceEqual(other.Bytes.Span);

        public override int GetHashCode() => HashCode.Combine(Register, Bytes.Length);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"holds {Register:X2} {Convert.ToHexString(Bytes.Span)}");
    }

    /// <summary>It answers no more.</summary>
    public sealed record Silent : DeviceOrder
    {
        public override string ToString() => "silent";
    }

    /// <summary>It answers again, as at first.</summary>
    public sealed record Answers : DeviceOrder
    {
        public override string ToString() => "answers";
    }

    /// <summary>It takes so many bytes of a write, and does not acknowledge the next one.</summary>
    public sealed record Refuses(int After) : DeviceOrder
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"refuses {After}");
    }

    /// <summary>It holds the clock of I2C low so long in each transaction.</summary>
    public sealed record Stretches(TimeSpan Time) : DeviceOrder
    {
        public override string ToString() =>
            $"stretches {DurationText.Format(Time).Replace(" ", "", StringComparison.Ordinal)}";
    }

    /// <summary>It is disconnected.</summary>
    public sealed record Gone : DeviceOrder
    {
        public override string ToString() => "gone";
    }

    /// <exception cref="FormatException">The text is no order.</exception>
    public static DeviceOrder Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Trim().Split(' ', 2);
        var rest = words.Length > 1 ? words[1].Trim() : "";
        switch (words[0])
        {
            case "has":
                return new Has(DeviceTable.Parse(rest));
            case "holds" when rest.Split(' ', 2) is [var register, var bytes]:
                return new Holds(
                    Numerals.Parse("0x" + register, 0xFFFF, "a register in hexadecimal"), Escapes.FromHex(bytes));
            case "silent" when rest.Length == 0:
                return new Silent();
            case "answers" when rest.Length == 0:
                return new Answers();
            case "refuses":
                return new Refuses(Numerals.Parse(rest, MostBytes, "a number of bytes"));
            case "stretches":
                return new Stretches(DurationText.Parse(rest));
            case "gone" when rest.Length == 0:
                return new Gone();
            default:
                throw new FormatException(
                    $"'{text}' is nothing that a device does; there are: " +
                    string.Join(", ", Catalogue.Select(c => c.Form)));
        }
    }
}
