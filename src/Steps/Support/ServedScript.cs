using System.Text;
using AirHil.Rig.Runs;

namespace AirHil.Steps.Support;

/// <summary>
/// Whether a script talks to the services of the run, on a target whose names lead elsewhere by default.
/// </summary>
internal static class ServedScript
{
    /// <summary>Why steps about the service would watch the wrong one; null: they watch the script's.</summary>
    public static string? WhyNotServed(this FirmwareSource script, IModemTarget target)
    {
        if (target.ServiceHosts is not { } hosts) return null;
        return hosts.Any(host => script.Files.Any(f => f.Value.Span.IndexOf(Encoding.UTF8.GetBytes(host)) >= 0))
            ? null
            : $"'{target.Name}' reaches the bench's service as {string.Join(" or ", hosts)}, and no file of the " +
                "script names it: what the scenario would watch is not what the script talks to";
    }
}
