using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;
using AirHil.Rig.Properties;
using AirHil.Rig.Scenarios;

namespace AirHil.Hunt.Subjects;

/// <summary>
/// What of a run without faults makes a hunt say little, each with what to do about it: a script that restarts by
/// itself, and a host where nobody answers.
/// </summary>
public static class Hints
{
    public static IReadOnlyList<string> Of(Bench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var hints = new List<string>();
        if (Restart(bench) is { } restart)
        {
            hints.Add(
                $"the module restarts by itself at {restart.At.TotalSeconds:0.0} s without any fault: {restart.How}; " +
                "mend that first, else the faults find a script that has just started");
        }

        foreach (var host in Missing(bench.Events))
        {
            hints.Add(
                $"nobody answers at {host}, which the script calls; put a service there in a feature, " +
                $"such as: Given a service at \"tcp://{host}:7000\" that echoes");
        }

        return hints;
    }

    private static Violation? Restart(Bench bench)
    {
        if (bench.Properties.Any(property => property is NeverRestarts)) return null;
        var judge = new PropertyJudge([new NeverRestarts()], TimeSpan.Zero);
        var index = 0;
        foreach (var happened in bench.Events) judge.Feed(new Sighting(index++, happened));
        return judge.First;
    }

    /// <summary>Hosts that have no address, or that refused every connection.</summary>
    private static IEnumerable<string> Missing(IReadOnlyList<SessionEvent> events)
    {
        var reached = events.OfType<TcpOpened>().Select(opened => opened.Connection.Host)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return events.Select(happened => happened switch
        {
            DnsAnswered { Address: null, Host: var host } => host,
            TcpRefused { Connection.Host: var host } => host,
            _ => null,
        }).OfType<string>().Where(host => !reached.Contains(host)).Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
