using System.Text;

using AirHil.Modem.Messages;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>
/// One program on a virtual module: its log from the first line of the script to "== DONE" or the VM's exit.
/// </summary>
internal static class FidelityRun
{
    private const string VmExit = "E/main Lua VM exit";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    /// <summary>
    /// V1112 keeps sysplus apart (reference §1.5); the programs expect it inside sys, as later firmware has it. This
    /// is on their first line, so no line number moves.
    /// </summary>
    private const string MergeSysplus =
        "do local s, p = require('sys'), require('sysplus') for k, v in pairs(p) do s[k] = v end sysplus = s end ";

    /// <summary>The lines that the module logs, bytes as Latin-1.</summary>
    /// <param name="script">The script.</param>
    /// <param name="bits">Of Lua's numbers.</param>
    /// <param name="fileSystemBytes">The size of the root; null for the module's.</param>
    /// <param name="end">How the last line of the script starts.</param>
    public static List<string> Lines(
        string script, int bits, int? fileSystemBytes = null, string end = "== DONE")
    {
        var parameters = new ModemParameters { Bits = bits };
        if (fileSystemBytes is { } bytes) parameters = parameters with { FileSystemBytes = bytes };
        var modem = new VirtualAir780E(TestImage.FromMain(script), parameters, seed: 1);
        var now = TimeSpan.Zero;
        var lines = new List<string>();
        modem.Handle(new ModemCommand.ApplyPower(), now);
        while (true)
        {
            while (modem.TryTake(out var output))
            {
                if (output is not ModemReport.LogLine record) continue;
                var text = Encoding.Latin1.GetString(record.Bytes.Span);
                lines.AddRange(text.Split('\n').Select(line => line.TrimEnd('\r')));
                if (text.StartsWith(end, StringComparison.Ordinal) || text.StartsWith(VmExit, StringComparison.Ordinal))
                {
                    return lines;
                }
            }

            if (modem.NextTimeout is not { } next || next > Limit)
            {
                throw new InvalidOperationException($"The program did not end in {Limit}:\n{string.Join('\n', lines)}");
            }

            now = next;
            modem.HandleTimeout(now);
        }
    }

    /// <summary>The whole main.lua of a program.</summary>
    public static string Script(string folder, string program)
    {
        var source = File.ReadAllText(Path.Combine(folder, program + ".lua"));
        if (source.StartsWith("-- nopre", StringComparison.Ordinal)) return source;
        return MergeSysplus + File.ReadAllText(Path.Combine(folder, "_pre.lua")) + source;
    }
}
