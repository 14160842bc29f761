using System.Security.Cryptography;
using System.Text;
using AirHil.Rig.Runs;

namespace AirHil.Board.Identity;

/// <summary>
/// What tells one script from another: 12 hex digits of a SHA-256 over a list of its files, by name in byte order, each
/// a line "NAME SHA-256-OF-ITS-CONTENT". The board cannot compute it, since tools compile scripts on the way; so a
/// deployment adds the file <see cref="FileName"/>, and the rig's agent prints what is in it.
/// </summary>
public static class ScriptHash
{
    /// <summary>
    /// The Lua file that returns the hash as a string; it is no part of the hash. The agent requires it.
    /// </summary>
    public const string FileName = "airhil_script.lua";

    /// <summary>The rig's agent, as a script has it among its files.</summary>
    public const string AgentFileName = "airhil.lua";

    /// <summary>
    /// The tag and the text's beginning of the agent's log line: "I/user.airhil&lt;TAB&gt;script HASH".
    /// </summary>
    public const string LogTag = "airhil";

    /// <summary>The hash's length in hex digits.</summary>
    public const int Digits = 12;

    /// <summary>The hash of a script's files.</summary>
    public static string Of(FirmwareSource firmware)
    {
        ArgumentNullException.ThrowIfNull(firmware);
        var list = new StringBuilder();
        foreach (var (name, content) in firmware.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (name == FileName) continue;
            list.Append(name).Append(' ').Append(Convert.ToHexStringLower(SHA256.HashData(content.Span))).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString())))[..Digits];
    }

    /// <summary>Whether the script has the agent, which tells what runs on a board.</summary>
    public static bool IsPrintedBy(FirmwareSource firmware)
    {
        ArgumentNullException.ThrowIfNull(firmware);
        return firmware.Files.Any(f => f.Key == AgentFileName);
    }

    /// <summary>The files to put on a board: the script's, and the hash where the script has the agent.</summary>
    public static IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> FilesFor(FirmwareSource firmware)
    {
        ArgumentNullException.ThrowIfNull(firmware);
        if (!IsPrintedBy(firmware)) return firmware.Files;
        var text = $"return \"{Of(firmware)}\"\n";
        return [.. firmware.Files.Where(f => f.Key != FileName), new(FileName, Encoding.UTF8.GetBytes(text))];
    }
}
