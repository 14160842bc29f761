using System.Text.RegularExpressions;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries;

/// <summary>Calls of library functions on a module that has just started.</summary>
internal static class LibraryCall
{
    /// <summary>A module that has run a script for so many seconds.</summary>
    public static FakeBench Run(string script, double seconds = 0.5) =>
        new FakeBench(script + " while true do rtos.receive(-1) end").PowerOn().RunTo(seconds);

    /// <summary><c>tostring</c> of the values of an expression list, with commas between them.</summary>
    public static string Values(string expression, string before = "", double seconds = 0.5)
    {
        var bench = Run(
            $"local print = print {before} local r = table.pack({expression}) " +
            "for i = 1, r.n do r[i] = tostring(r[i]) end print('is ' .. table.concat(r, ','))", seconds);
        return bench.Line("is ").Text[3..];
    }

    /// <summary>The same, compared: "..." in what is expected stands for any text.</summary>
    public static void ShouldGive(
        string expression, string expected, string before = "", double seconds = 0.5) =>
        Values(expression, before, seconds).ShouldMatch(
            $"^{Regex.Escape(expected).Replace(@"\.\.\.", ".*", StringComparison.Ordinal)}$", expression);
}
