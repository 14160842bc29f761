using System.Collections.Frozen;
using System.Globalization;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Catalogue;

/// <summary>
/// Every library, function and constant of LuatOS's own that Air780E V1112 FULL has (reference §1.4, Appendix B). What
/// the model does not provide is filled up from here: constants have their values, functions fail by name.
/// </summary>
internal static partial class FunctionCatalogue
{
    private static readonly Lazy<IReadOnlyList<CatalogueLibrary>> Parsed = new(Parse);

    private static readonly Lazy<FrozenDictionary<string, CatalogueLibrary>> ByName =
        new(() => Parsed.Value.ToFrozenDictionary(library => library.Name));

    /// <summary>The libraries in the order in which the firmware opens them, after the standard ones of Lua.</summary>
    public static IReadOnlyList<CatalogueLibrary> Libraries => Parsed.Value;

    /// <summary>
    /// Libraries of LuatOS that V1112 FULL lacks though scripts ask for them: the global is nil (reference §1.4).
    /// </summary>
    public static IReadOnlyList<string> Absent { get; } =
    [
        "airui", "antbot", "camera", "can", "cc", "coremark", "disp", "ercoap", "exaudio", "excamera", "exnetif",
        "exwin", "fastlz", "gmssl", "gtfont", "ht1621", "httpsrv", "iconv", "ioqueue", "keyboard", "lcdseg", "lf",
        "libcoap", "lora2", "lvgl", "lwip", "max30102", "mlx90640", "mqttcore", "napt", "nes", "netdrv", "nimble",
        "onewire", "pin", "profiler", "sdio", "sfd", "spislave", "sqlite3", "statem", "touchkey", "tp", "ulwip",
        "usbapp", "vmx", "ws2812", "xxtea", "ymodem", "zlib",
    ];

    /// <summary>The library of this name; null where V1112 has none, and the global is nil.</summary>
    public static CatalogueLibrary? Find(string name) => ByName.Value.GetValueOrDefault(name);

    /// <summary>
    /// The whole library as V1112 has it: what the model provides, constants, and functions that fail by name, in the
    /// module's order.
    /// </summary>
    /// <param name="name">A library of V1112.</param>
    /// <param name="modelled">What the model provides of it; null is nothing.</param>
    /// <exception cref="ArgumentException">V1112 has no such library, or the model provides an entry that V1112
    /// lacks.</exception>
    public static LibraryDefinition Complete(string name, LibraryDefinition? modelled = null)
    {
        var library = Find(name) ?? throw new ArgumentException($"V1112 has no library '{name}'.", nameof(name));
        var provided = (modelled?.Entries ?? []).ToDictionary(entry => entry.Key, entry => entry.Value);
        var complete = new LibraryDefinition(name);
        foreach (var (entry, constant) in library.Entries)
        {
            if (provided.Remove(entry, out var value)) complete.Add(entry, value);
            else if (constant is { } known) complete.Add(entry, known);
            else complete.Add(entry, NotModelled.Body($"{name}.{entry}"));
        }

        return provided.Count == 0
            ? complete
            : throw new ArgumentException($"V1112 has no '{name}.{provided.Keys.First()}'.", nameof(modelled));
    }

    private static List<CatalogueLibrary> Parse()
    {
        var libraries = new List<CatalogueLibrary>();
        List<KeyValuePair<string, LuaValue?>> entries = [];
        foreach (var word in Names.Split([' ', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (word[^1] == ':')
            {
                entries = [];
                libraries.Add(new CatalogueLibrary(word[..^1], entries));
                continue;
            }

            var parts = word.Split('=');
            LuaValue? value = null;
            if (parts is [_, var text])
            {
                value = text == "*"
                    ? AddressOf(parts[0])
                    : LuaValue.Integer(long.Parse(text, CultureInfo.InvariantCulture));
            }

            entries.Add(new(parts[0], value));
        }

        return libraries;
    }

    /// <summary>The font at this address; null: there is none.</summary>
    public static string? FontAt(long address) =>
        (address - FirstFontAddress) / FontRoom is var index and >= 0 && index < Fonts.Length &&
        address == FirstFontAddress + (index * FontRoom)
            ? Fonts[index]
            : null;

    /// <summary>Where the fonts lie in flash is not known; these addresses only tell them apart.</summary>
    private const int FirstFontAddress = 0x00A0_0000;

    private const int FontRoom = 0x1000;

    private static readonly string[] Fonts =
    [
        "font_opposansm10", "font_opposansm12", "font_opposansm16", "font_opposansm18", "font_opposansm20",
        "font_opposansm22", "font_opposansm24", "font_opposansm32", "font_unifont_t_symbols",
        "font_open_iconic_weather_6x_t",
    ];

    /// <summary>A font is the same in every library.</summary>
    private static LuaValue AddressOf(string name) => name == "null"
        ? LightUserdata.Null
        : new LightUserdata(FirstFontAddress + (Array.IndexOf(Fonts, name) * FontRoom));
}

/// <summary>
/// A library of V1112: its entries in order, each with the value of a constant or null for a function.
/// </summary>
internal sealed record CatalogueLibrary(string Name, IReadOnlyList<KeyValuePair<string, LuaValue?>> Entries);
