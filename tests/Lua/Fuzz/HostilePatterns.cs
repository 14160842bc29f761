using System.Text;

namespace AirHil.Lua.Tests.Fuzz;

/// <summary>Patterns of any parts over texts that make them go back and forth.</summary>
internal static class HostilePatterns
{
    private static readonly string[] Parts =
    [
        "a", "b", ".", "%a", "%d", "%w", "%s", "%x", "%z", "[ab]", "[^a]", "[%w_]", "[a-]", "[]", "[", "[^", "%", "%%",
        "(", ")", "()", "(a)", "(.-)", "(.*)", "%1", "%2", "%9", "%0", "%b()", "%bxx", "%b", "%f[%w]", "%f", "^", "$",
        "\\0", "\\255",
    ];

    private static readonly string[] Repeats = ["", "", "*", "+", "-", "?"];

    public static string Next(SplitMix seed)
    {
        var text = new StringBuilder();
        for (var n = seed.Below(8); n >= 0; n--)
        {
            var call = seed.Below(4) switch
            {
                0 => $"string.find, s, p, {seed.Below(40) - 20}",
                1 => "string.match, s, p",
                2 => $"string.gsub, s, p, {Replacement(seed)}, {seed.Below(30) - 2}",
                _ => "function() local n = 0 for w in s:gmatch(p) do n = n + 1 end end",
            };
            text.Append("do local s, p = ").Append(Subject(seed)).Append(", '").Append(Pattern(seed))
                .Append("' pcall(").Append(call).Append(") end\n");
        }

        return text.ToString();
    }

    private static string Pattern(SplitMix seed)
    {
        var text = new StringBuilder();
        for (var n = seed.Below(seed.Below(4) == 0 ? 60 : 8); n >= 0; n--)
        {
            text.Append(Parts[seed.Below(Parts.Length)]).Append(Repeats[seed.Below(Repeats.Length)]);
        }

        return text.ToString();
    }

    private static string Subject(SplitMix seed) => seed.Below(4) switch
    {
        0 => "''",
        1 => $"('ab'):rep({seed.Below(400)})",
        2 => $"('('):rep({seed.Below(300)}) .. (')'):rep({seed.Below(300)})",
        _ => $"('a'):rep({seed.Below(3000)})",
    };

    private static string Replacement(SplitMix seed) => seed.Below(6) switch
    {
        0 => "'%0%0'",
        1 => "'%1'",
        2 => "'%'",
        3 => "{a = 'x', b = false}",
        4 => "function(...) return ... end",
        _ => "function() error({}) end",
    };
}
