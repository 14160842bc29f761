using System.Globalization;

namespace AirHil.VirtualModem.Displays;

/// <summary>
/// The letters that stand for a font of the firmware. The data of those fonts are not published: the shapes are the
/// rig's own, 5 by 7 points stretched to the font's size, and the widths are guessed. Only the ASCII characters are in
/// them, as in the module's fonts; others show nothing and take no room.
/// </summary>
internal sealed class Letters
{
    private const int Columns = 5;
    private const int Rows = 7;
    private const string Sized = "font_opposansm";
    private const char First = ' ';
    private const char Last = '~';

    /// <summary>Seven digits a letter, a row each from the top, in base 32.</summary>
    private const string Shapes =
        "0000000 4444404 aaa0000 aavavaa 4fke5u4 op248j3 cik8lid 4480000 2488842 8422248 04lel40 044v440 " +
        "0000c48 000v000 00000cc 01248g0 ehjlphe 4c4444e eh1248v v2421he 26aiv22 vgu11he 68guhhe v124888 " +
        "ehhehhe ehhf12c 0cc0cc0 0cc0c48 248g842 00v0v00 8421248 eh12404 eh1dlle ehhhvhh uhhuhhu ehggghe " +
        "sihhhis vgguggv vgguggg ehgnhhf hhhvhhh e44444e 72222ic hikokih ggggggv hrllhhh hhpljhh ehhhhhe " +
        "uhhuggg ehhhlid uhhukih fgge11u v444444 hhhhhhe hhhhha4 hhhllla hha4ahh hhha444 v1248gv e88888e " +
        "0g84210 e22222e 4ah0000 000000v 8420000 00e1fhf ggmphhu 00egghe 11djhhf 00ehvge 698s888 0fhhf1e " +
        "ggmphhh 40c444e 20622ic ggikoki c44444e 00qllhh 00mphhh 00ehhhe 00uhugg 00djf11 00mpggg 00ege1u " +
        "88s8896 00hhhjd 00hhha4 00hhlla 00ha4ah 00hhf1e 00v248v 2448442 4444444 8442448 008l200";

    private static readonly string[] ByCode = Shapes.Split(' ');

    private readonly int _height;
    private readonly bool _isSymbols;

    private Letters(int size, bool isSymbols = false)
    {
        _isSymbols = isSymbols;
        _height = isSymbols ? size : Math.Max(Rows, size * 3 / 4);
    }

    /// <summary>Those of u8g2 before a font is chosen.</summary>
    public static Letters Small { get; } = new(8);

    /// <summary>Those of a display to which no font was given.</summary>
    public static Letters Default { get; } = new(12);

    public int Width => _isSymbols ? _height : Math.Max(Columns, _height * Columns / Rows);

    /// <summary>The font of this name in the library; null: none.</summary>
    public static Letters? Of(string name) => name switch
    {
        "font_unifont_t_symbols" => new Letters(16, true),
        "font_open_iconic_weather_6x_t" => new Letters(48, true),
        _ when name.StartsWith(Sized, StringComparison.Ordinal) =>
            new Letters(int.Parse(name.AsSpan(Sized.Length), CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>How far the next letter is to the right.</summary>
    public int Advance(int letter) => Has(letter) ? Width + Math.Max(1, _height / 8) : 0;

    /// <summary>The letter's points as runs to the right: column, row (−1 is the lowest), length.</summary>
    public IEnumerable<(int Left, int Top, int Length)> Runs(int letter)
    {
        if (!Has(letter)) yield break;
        for (var row = 0; row < _height; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                var start = column;
                while (column < Width && IsLit(letter, column, row)) column++;
                if (column > start) yield return (start, row - _height, column - start);
            }
        }
    }

    /// <summary>Points above the line on which letters stand.</summary>
    public int Height => _height;

    public bool Has(int letter) => _isSymbols ? letter > First : letter is >= First and <= Last;

    /// <summary>Symbols are frames.</summary>
    private bool IsLit(int letter, int column, int row) => _isSymbols
        ? column == 0 || row == 0 || column == Width - 1 || row == _height - 1
        : (Row(letter, row * Rows / _height) & (0x10 >> (column * Columns / Width))) != 0;

    private static int Row(int letter, int row) =>
        ByCode[letter - First][row] is var digit and <= '9' ? digit - '0' : ByCode[letter - First][row] - 'a' + 10;
}
