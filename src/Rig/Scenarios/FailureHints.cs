using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>What most likely went wrong when an expectation failed, as far as the session shows it.</summary>
internal static class FailureHints
{
    /// <summary>One sentence with the next thing to do; null if there is nothing special.</summary>
    /// <param name="awaited">What did not come, in words.</param>
    /// <param name="from">Where the step began to look: what happened before it belongs to other steps.</param>
    public static string? For(Bench bench, string awaited, Cursor from)
    {
        var summary = bench.Summary();
        var (asked, others) = Strangers(bench, summary.UnknownHosts, awaited, from);
        if (bench.Modems.Count == 0) return "there is no script on the bench: begin with `Given the script …`";
        if (!bench.Session.Kept().Any(s => s.Event.Lane == SessionLane.Power))
        {
            return "the module has no power: add `When power is applied`";
        }

        if (summary.NotModelled.Count > 0)
        {
            return $"the script calls a function that is not modelled: {summary.NotModelled[0]}";
        }

        if (asked is not null)
        {
            return asked.Url is null
                ? $"{NoName(asked)}; see what the script is set to"
                : $"unknown host in DNS: {Add(asked)}";
        }

        if (bench.Session.Notes().OfType<SessionNote.FirmwareLoaded>().LastOrDefault() is
            { Firmware.Refused: [var file, ..] })
        {
            return file;
        }

        if (summary.Errors.Count > 0)
        {
            var error = summary.Errors[^1];
            if (error.ExitsVm && error.Message.Length == 0) return "main.lua ended: the script never called sys.run()";
            return $"{(error.ExitsVm ? "the Lua VM exited" : "a task failed")}: {TextView.Visible(error.Message, 200)}";
        }

        if (summary.Resets.Count > 0)
        {
            var reset = summary.Resets[^1];
            return $"the module was reset at {Modem.Units.DurationText.Say(reset.At)} ({reset.Cause})";
        }

        if (bench.Last(Match.Event("ws.push.nobody")) is { } unheard)
        {
            return $"what the service sent at {Modem.Units.DurationText.Say(unheard.At)} reached nobody: no " +
                "client was connected, or none had subscribed to its topic";
        }

        if (!bench.Session.Kept().Any(s => s.Event.Lane == SessionLane.Log))
        {
            return "the module logged nothing: is its supply on?";
        }

        return others is null ? null
            : others.Url is null ? $"if the script waits for a host: {NoName(others)}"
            : $"if the script waits for '{others.Name}', which failed in DNS before: {Add(others)}";
    }

    /// <summary>
    /// A name that the step speaks of, or that was asked for in vain while the step waited, and one of earlier steps.
    /// </summary>
    private static (UnknownHost? Asked, UnknownHost? Other) Strangers(
        Bench bench, IReadOnlyList<UnknownHost> hosts, string awaited, Cursor from)
    {
        if (hosts.Count == 0) return (null, null);
        var asked = bench.Session.Kept().Where(s => s.Index >= from.Index).Select(s => s.Event).OfType<DnsAsked>()
            .Select(e => e.Host).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var linked = hosts.FirstOrDefault(
            h => asked.Contains(h.Name) || (h.Name.Length > 0 && awaited.Contains(h.Name, StringComparison.Ordinal)));
        return (linked, hosts[0]);
    }

    private static string Add(UnknownHost host) =>
        $"add `Given a service at \"{host.Url}\" that does \"{host.Does}\"`";

    private static string NoName(UnknownHost host) =>
        $"'{TextView.Visible(host.Name, 100)}' is no name that a host can have";
}
