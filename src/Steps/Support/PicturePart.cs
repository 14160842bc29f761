using AirHil.Modem.Sessions;

namespace AirHil.Steps.Support;

/// <summary>A part of a picture, as a step writes it.</summary>
internal sealed class PicturePart
{
    private readonly string[] _lines;

    private PicturePart(string[] lines) => _lines = lines;

    /// <exception cref="FormatException">It has no pixel that matters.</exception>
    public static PicturePart Parse(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        return lines.Any(line => line.AsSpan().IndexOfAny('#', '.') >= 0)
            ? new PicturePart(lines)
            : throw new FormatException("a picture has lines of # (lit) and . (dark)");
    }

    /// <summary>Whether the picture has it with its first character at this place.</summary>
    public bool IsAt(DisplayShown picture, int column, int row)
    {
        for (var y = 0; y < _lines.Length; y++)
        {
            for (var x = 0; x < _lines[y].Length; x++)
            {
                if (_lines[y][x] is '#' or '.' && IsOther(picture, column + x, row + y, _lines[y][x] == '#'))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether the picture has it anywhere.</summary>
    public bool IsIn(DisplayShown picture)
    {
        for (var row = 0; row < picture.Height; row++)
        {
            for (var column = 0; column < picture.Width; column++)
            {
                if (IsAt(picture, column, row)) return true;
            }
        }

        return false;
    }

    public override string ToString() => string.Join('\n', _lines);

    private static bool IsOther(DisplayShown picture, int x, int y, bool isLit) =>
        x < 0 || y < 0 || x >= picture.Width || y >= picture.Height || picture.IsLit(x, y) != isLit;
}
