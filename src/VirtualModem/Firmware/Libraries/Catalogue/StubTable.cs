using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Catalogue;

/// <summary>
/// Functions of the firmware that a run replaces: they do nothing but note the call, and return what is given here. A
/// line is "lcd" for all functions of a library, "audio.play" for one function, or "lcd.init = true" with its values:
/// nil, true, false, numbers and texts in quotes, with commas between.
/// </summary>
public sealed class StubTable
{
    private readonly Dictionary<string, LuaValue[]> _values = new(StringComparer.Ordinal);

    private StubTable(IReadOnlyList<string> lines) => Lines = lines;

    /// <summary>Nothing is replaced.</summary>
    public static StubTable Empty { get; } = new([]);

    /// <summary>One for each entry, as they were given.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <exception cref="FormatException">A line names no function of V1112, or a value is wrong.</exception>
    public static StubTable Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) return Empty;
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var table = new StubTable([.. lines.Where(line => line[0] != '#')]);
        foreach (var line in table.Lines)
        {
            var sign = line.IndexOf('=', StringComparison.Ordinal);
            var name = (sign < 0 ? line : line[..sign]).Trim();
            Check(name);
            table._values[name] = sign < 0 ? [] : [.. line[(sign + 1)..].Split(',').Select(Value)];
        }

        return table;
    }

    public override string ToString() => string.Join('\n', Lines);

    /// <summary>A library with its stubs in their places; the same where it has none.</summary>
    internal LibraryDefinition Apply(LibraryDefinition library)
    {
        if (!_values.Keys.Any(name => name.Split('.')[0] == library.Name)) return library;
        var changed = new LibraryDefinition(library.Name);
        foreach (var (entry, value) in library.Entries)
        {
            var name = $"{library.Name}.{entry}";
            var isStub = _values.TryGetValue(name, out var values) || _values.TryGetValue(library.Name, out values);
            if (isStub && value.AsFunction is not null) changed.Add(entry, new Stub(name, values!).Called);
            else changed.Add(entry, value);
        }

        return changed;
    }

    private static void Check(string name)
    {
        var parts = name.Split('.');
        if (FunctionCatalogue.Find(parts[0]) is not { } library)
        {
            throw new FormatException(name.Contains(',', StringComparison.Ordinal)
                ? $"'{name}': a stub with values stands alone; give the others by a --stub of their own"
                : $"'{name}': V1112 has no library '{parts[0]}'");
        }

        if (parts.Length > 1 && library.Entries.All(entry => entry.Key != parts[1] || entry.Value is not null))
        {
            throw new FormatException(
                $"'{name}': the library has no such function; it has " +
                string.Join(", ", library.Entries.Where(e => e.Value is null).Select(e => e.Key)));
        }
    }

    private static LuaValue Value(string text)
    {
        var word = text.Trim();
        return word switch
        {
            "nil" => default,
            "true" => LuaValue.True,
            "false" => (LuaValue)false,
            ['"', .. var inner, '"'] => LuaString.FromText(inner),
            ['\'', .. var inner, '\''] => LuaString.FromText(inner),
            _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                LuaValue.Integer(whole),
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) =>
                LuaValue.Float(real),
            _ => throw new FormatException(
                $"'{word}' is no value of a stub; values are nil, true, false, numbers and texts in quotes"),
        };
    }

    private sealed class Stub(string name, LuaValue[] values)
    {
        public int Called(in LuaCall call)
        {
            call.Host<IFirmwareHost>().NotModelled(name, NotModelled.PlaceOf(call.State), isStubbed: true);
            return call.Return(values);
        }
    }
}
