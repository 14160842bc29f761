using System.Globalization;

namespace AirHil.Lua.Syntax;

/// <summary>The wording of limits that a function runs into.</summary>
internal static class Limits
{
    public static string Message(string what, int limit, int functionLine)
    {
        var where = functionLine == 0
            ? "main function"
            : string.Create(CultureInfo.InvariantCulture, $"function at line {functionLine}");
        return string.Create(CultureInfo.InvariantCulture, $"too many {what} (limit is {limit}) in {where}");
    }
}
