using System.Globalization;
using System.Text;

namespace AirHil.Lua.Tests.Fuzz;

/// <summary>Formats, packings and sizes that nobody needs: flags in any number, widths, huge counts.</summary>
internal static class HostileFormats
{
    private const string Flags = "-+ #0";
    private const string Conversions = "diuoxXeEfFgGaAcsqp%lhnz";
    private static readonly string[] Values =
    [
        "0", "1", "-1", "255", "2147483647", "-2147483648", "0.0", "-0.0", "0.5", "-1.5", "1e9", "1e10", "1e38",
        "1e-38", "1/0", "-1/0", "0/0", "'text'", "'12'", "''", "nil", "true", "{}", "print",
        "setmetatable({}, {__tostring = function() return 7 end})", "('x'):rep(200)", "'a\\0b'",
    ];

    private static readonly string[] PackLetters =
    [
        "b", "B", "h", "H", "i", "I", "l", "L", "j", "J", "T", "f", "d", "n", "s", "z", "x", "X", "!", "<", ">", "=",
        " ",
    ];

    public static string Next(SplitMix seed)
    {
        var text = new StringBuilder();
        for (var n = seed.Below(20); n >= 0; n--)
        {
            text.Append(seed.Below(4) switch
            {
                0 => Packing(seed),
                1 => Repetition(seed),
                _ => $"pcall(string.format, '{Format(seed)}', {Value(seed)}, {Value(seed)}, {Value(seed)})",
            }).Append('\n');
        }

        return text.ToString();
    }

    private static string Format(SplitMix seed)
    {
        var text = new StringBuilder();
        for (var n = seed.Below(3); n >= 0; n--)
        {
            text.Append('%');
            for (var f = seed.Below(6); f > 0; f--) text.Append(Flags[seed.Below(Flags.Length)]);
            if (seed.Below(2) == 0) text.Append(seed.Below(seed.Below(2) == 0 ? 9 : 120));
            if (seed.Below(2) == 0) text.Append('.');
            if (seed.Below(2) == 0) text.Append(seed.Below(seed.Below(2) == 0 ? 9 : 120));
            text.Append(Conversions[seed.Below(Conversions.Length)]);
        }

        return text.ToString();
    }

    private static string Packing(SplitMix seed)
    {
        var text = new StringBuilder();
        for (var n = seed.Below(6); n >= 0; n--)
        {
            text.Append(PackLetters[seed.Below(PackLetters.Length)]);
            if (seed.Below(3) == 0) text.Append(seed.Below(seed.Below(3) == 0 ? 2_000_000_000 : 20));
        }

        return seed.Below(2) == 0
            ? $"pcall(string.pack, '{text}', {Value(seed)}, {Value(seed)}, {Value(seed)})"
            : $"pcall(string.unpack, '{text}', ('\\1\\0\\255'):rep({seed.Below(40)}), {Number(seed)})";
    }

    private static string Repetition(SplitMix seed) => seed.Below(4) switch
    {
        0 => $"pcall(string.rep, {Value(seed)}, {Number(seed)}, {Value(seed)})",
        1 => $"pcall(table.concat, {{1, 2, 3}}, ('y'):rep({seed.Below(100_000)}), {Number(seed)}, {Number(seed)})",
        2 => $"pcall(string.sub, ('z'):rep({seed.Below(100_000)}), {Number(seed)}, {Number(seed)})",
        _ => $"pcall(table.move, {{1, 2, 3}}, {Number(seed)}, {Number(seed)}, {Number(seed)})",
    };

    private static string Value(SplitMix seed) => Values[seed.Below(Values.Length)];

    private static string Number(SplitMix seed) => seed.Below(5) switch
    {
        0 => "math.maxinteger",
        1 => "math.mininteger",
        2 => (seed.Below(300_000) - 150_000).ToString(CultureInfo.InvariantCulture),
        3 => (seed.Below(2_000_000_000) - 1_000_000_000).ToString(CultureInfo.InvariantCulture),
        _ => (seed.Below(20) - 10).ToString(CultureInfo.InvariantCulture),
    };
}
