using AirHil.Cli.Usage;
using AirHil.Modem.Sessions;

namespace AirHil.Cli.Commands;

/// <summary>Lanes that an option names, with commas between.</summary>
internal static class LaneList
{
    private static readonly Dictionary<string, SessionLane> Lanes = new(StringComparer.Ordinal)
    {
        ["rig"] = SessionLane.Rig,
        ["power"] = SessionLane.Power,
        ["log"] = SessionLane.Log,
        ["uart"] = SessionLane.Uart,
        ["pin"] = SessionLane.Pin,
        ["bus"] = SessionLane.Bus,
        ["net"] = SessionLane.Network,
        ["service"] = SessionLane.Service,
        ["script"] = SessionLane.Script,
    };

    /// <summary>The lanes of a text; none where it is null.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="known">The names that the option takes; "all", as the last, stands for all of them.</param>
    /// <exception cref="UsageException">A name is not known.</exception>
    public static IReadOnlySet<SessionLane> Parse(string option, string? text, params IReadOnlyList<string> known)
    {
        var lanes = new HashSet<SessionLane>();
        foreach (var name in (text ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!known.Contains(name))
            {
                throw new UsageException(
                    $"{option}: '{name}' is not {string.Join(", ", known.SkipLast(1))} or {known[^1]}");
            }

            if (name == "all") lanes.UnionWith(known.SkipLast(1).Select(each => Lanes[each]));
            else lanes.Add(Lanes[name]);
        }

        return lanes;
    }
}
