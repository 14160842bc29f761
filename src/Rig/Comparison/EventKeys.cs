using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Comparison;

/// <summary>
/// What of an event must be the same in both sessions, as a number of 128 bits (FNV-1a over lane, kind, modem, text and
/// bytes). The time is judged apart. Ticks are of the time too, and judged with it.
/// </summary>
internal sealed partial class EventKeys
{
    private const ulong Prime = 0x100000001B3;
    private readonly Regex[] _passedOver;
    private readonly bool _withoutStartReasons;

    public EventKeys(ComparisonOptions options)
    {
        _passedOver =
            [.. options.WithoutTexts, .. options.IgnoreIdentity ? (Regex[])[Identity(), Date(), Memory()] : []];
        _withoutStartReasons = options.WithoutStartReasons;
    }

    public UInt128 Of(SessionEvent e)
    {
        var key = new Key();
        key.Add((ulong)e.Lane);
        key.Add(e.Kind);
        key.Add(e.Modem);
        if (_withoutStartReasons && e is ModemStarted) return key.Value;
        if (_passedOver.Length == 0)
        {
            key.Add(e.Text);
            key.Add(e.Bytes.Span);
        }
        else
        {
            key.Add(PassOver(e.Text));
            // Bytes as Latin-1: patterns for ASCII find their way, and nothing is lost.
            key.Add(PassOver(Encoding.Latin1.GetString(e.Bytes.Span)));
        }

        return key.Value;
    }

    private string PassOver(string text)
    {
        foreach (var pattern in _passedOver) text = pattern.Replace(text, "…");
        return text;
    }

    [GeneratedRegex(@"(?<!\d)(?:\d{15}|\d{19}[\dF]?)(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Identity();

    [GeneratedRegex(
        @"\b\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?|\b\d\d:\d\d:\d\d\b|" +
        @"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} +\d+ \d\d:\d\d:\d\d \d{4}|\b1[5-9]\d{8}\b|\b2[01]\d{8}\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    // "D/main loadlibs luavm 262136 14360 14392": total, used, peak.
    [GeneratedRegex(@"(?<=loadlibs (?:luavm|sys) )[\d ]+", RegexOptions.CultureInvariant)]
    private static partial Regex Memory();

    private struct Key
    {
        private ulong _one = 0xCBF29CE484222325;
        private ulong _two = 0x9E3779B97F4A7C15;

        public Key()
        {
        }

        public readonly UInt128 Value => new(_one, _two);

        public void Add(string text)
        {
            Add(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            Add((ulong)bytes.Length);
            var words = MemoryMarshal.Cast<byte, ulong>(bytes);
            foreach (var word in words) Add(word);
            var rest = 0UL;
            foreach (var b in bytes[(words.Length * 8)..]) rest = (rest << 8) | b;
            Add(rest);
        }

        public void Add(ulong value)
        {
            _one = (_one ^ value) * Prime;
            _one ^= _one >> 29;
            _two = (ulong.RotateLeft(_two, 23) ^ value) * 0xC2B2AE3D27D4EB4F;
            _two ^= _two >> 31;
        }
    }
}
