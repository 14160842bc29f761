using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>What most likely went wrong when an expectation failed, as far as the session shows it.</summary>
internal static class FailureHints
{
    /// <summary>One sentence with the next thing to do; null if there is nothing special.</summary>
    public static string? For(Bench bench)
    {
        var summary = bench.Summary();
        if (bench.Modems.Count == 0) return "there is no script on the bench: begin with `Given the script …`";
        if (!bench.Session.Kept().Any(s => s.Event.Lane == SessionLane.Power))
        {
            return "the module has no power: add `When power is applied`";
        }

        if (summary.NotModelled.Count > 0)
        {
            return $"the script calls a function that is not modelled: {summary.NotModelled[0]}";
        }

        if (summary.UnknownHosts is [var host, ..])
        {
            return host.Url is { } url
                ? $"unknown host in DNS: add `Given a service at \"{url}\" that does \"{host.Does}\"`"
                : $"'{TextView.Visible(host.Name, 100)}' is no name that a host can have; see what the script " +
                    "is set to";
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

        return bench.Session.Kept().Any(s => s.Event.Lane == SessionLane.Log)
            ? null
            : "the module logged nothing: is its supply on?";
    }
}
