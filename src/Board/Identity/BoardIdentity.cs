using System.Text;
using System.Text.RegularExpressions;
using AirHil.Board.Description;
using AirHil.Board.Log;

namespace AirHil.Board.Identity;

/// <summary>
/// What runs on a board, as its log tells: the firmware by its banner, the script by the line of the rig's agent, AT
/// firmware by its answer to ATI (reference bench §2.7, §7).
/// </summary>
internal sealed partial class BoardIdentity
{
    private const string BannerStart = "I/main LuatOS@";
    private const int MostPlainBytes = 256;

    private readonly List<byte> _plain = [];

    /// <summary>
    /// The banner's text behind "I/main ": "LuatOS@EC618 base 23.11 bsp V1112 32bit"; null: not seen yet.
    /// </summary>
    public string? Banner { get; private set; }

    /// <summary>The hash of the script, as the agent printed it since the last boot; null: it did not yet.</summary>
    public string? Script { get; private set; }

    /// <summary>Whether the rig's agent has said anything since the last boot.</summary>
    public bool HasAgent { get; private set; }

    /// <summary>What AT firmware calls itself; null: there is no sign of it.</summary>
    public string? AtFirmware { get; private set; }

    /// <summary>Whether the board has shown text at all.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>Takes the next line of the log.</summary>
    public void Read(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        HasSpoken = true;
        if (line.StartsWith(BannerStart, StringComparison.Ordinal))
        {
            Banner = line["I/main ".Length..];
            Script = null;
            HasAgent = false;
        }
        else if (UserLine.TryRead(line, out _, out var tag, out var text) && tag == ScriptHash.LogTag)
        {
            HasAgent = true;
            // "script unknown" where the script came onto the board by other ways.
            if (ScriptLine().Match(text) is { Success: true } match) Script = match.Groups[1].Value.ToLowerInvariant();
        }
    }

    /// <summary>Takes bytes of the log port that are no frames: AT firmware answers in plain text.</summary>
    public void ReadPlain(ReadOnlySpan<byte> bytes)
    {
        _plain.AddRange(bytes);
        if (AtName().Match(Encoding.Latin1.GetString([.. _plain])) is { Success: true } match) AtFirmware = match.Value;
        if (_plain.Count > MostPlainBytes) _plain.RemoveRange(0, _plain.Count - MostPlainBytes);
    }

    /// <summary>
    /// Why the firmware is not what the bench file expects; null where it is, or where nothing is known yet.
    /// </summary>
    public string? WrongFirmware(BoardDescription board)
    {
        ArgumentNullException.ThrowIfNull(board);
        if (Banner is null && AtFirmware is not null)
        {
            return $"the board '{board.Name}' runs AT firmware ({AtFirmware}), which runs no scripts; flash LuatOS "
                + "for EC618, "
                + "the whole package and not the script alone";
        }

        if (Banner is null) return null;
        var expected = board.Firmware ?? "EC618";
        // Later firmware names the module in place of the chip: LuatOS@Air780E.
        var fits = Banner.Contains(expected, StringComparison.OrdinalIgnoreCase)
            || (board.Firmware is null && Banner.Contains("Air780E ", StringComparison.OrdinalIgnoreCase));
        return fits
            ? null
            : $"the board '{board.Name}' runs '{Banner}', where '{expected}' is expected; flash that firmware, or "
            + "change the "
                + "key firmware in the bench file";
    }

    /// <summary>Whether the script is that one; null where the board has not told.</summary>
    public bool? Runs(string hash) =>
        Script is null ? null : string.Equals(Script, hash, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^script ([0-9a-fA-F]{12})\b")]
    private static partial Regex ScriptLine();

    // "AirM2M_780E_V1171_LTE_AT"
    [GeneratedRegex(@"AirM2M_[A-Za-z0-9]{1,16}_V[0-9]{1,6}(_[A-Za-z0-9]{1,16})*_AT\b")]
    private static partial Regex AtName();
}
