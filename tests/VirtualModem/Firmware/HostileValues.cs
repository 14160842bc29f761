using System.Globalization;
using AirHil.Modem;

namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>Arguments that functions may not expect, as expressions of Lua.</summary>
internal static class HostileValues
{
    public static readonly string[] Fixed =
    [
        "nil", "true", "0", "1", "-1", "2", "255", "65536", "math.maxinteger", "math.mininteger", "2147483648.0",
        "-1e30", "0/0", "1/0", "0.5", "''", "'a'", "('x'):rep(3000)", "'\\0\\255'", "'%d'", "{}", "{1, 2, a = {}}",
        "function() end", "coroutine.create(function() end)", "zbuff and zbuff.create(16)",
    ];

    private static readonly string[] Words =
    [
        "/", "/a", "/luadb/main.lua", "../..", "r+", "w", "*a", "*n", "GET", "http://a.test:0/", "ws://[::1]/",
        "a.test", "1.2.3.4:99999", "st7789", "i2c_hw", "hz", "{", "[1e999]", "%s%n", "%99999d", "%b()", "(()", ">i17",
        "z", "IP_READY", "utf8", "\\xff\\xfe", "\\0", "-----BEGIN CERTIFICATE-----",
    ];

    /// <summary>A value of any kind, near the limits of what functions take.</summary>
    public static string Any(SplitMix64 random) => random.Below(9) switch
    {
        0 => Number(random),
        1 => $"{Number(random)} + 0.5",
        2 => $"'{Words[random.Below(Words.Length)]}'",
        3 => $"('{Words[random.Below(Words.Length)]}'):rep({Size(random)})",
        4 => $"string.char({Byte(random)}, {Byte(random)}, {Byte(random)}, {Byte(random)})",
        5 => $"{{{Number(random)}, '{Words[random.Below(Words.Length)]}', w = {Number(random)}, h = {Number(random)}}}",
        6 => $"zbuff and zbuff.create({Size(random)}, {Byte(random)})",
        7 => $"function() return {Number(random)} end",
        _ => Fixed[random.Below(Fixed.Length)],
    };

    /// <summary>Near a power of two, on either side of 0.</summary>
    private static string Number(SplitMix64 random)
    {
        var near = (1L << random.Below(63)) + random.Below(5) - 2;
        return (random.Below(2) == 0 ? near : -near).ToString(CultureInfo.InvariantCulture);
    }

    private static string Size(SplitMix64 random) =>
        random.Below(1 + (1 << random.Below(15))).ToString(CultureInfo.InvariantCulture);

    private static string Byte(SplitMix64 random) => random.Below(256).ToString(CultureInfo.InvariantCulture);
}
