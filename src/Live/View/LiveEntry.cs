using System.Text.Json.Nodes;
using AirHil.Reports;
using AirHil.Reports.Html;
using AirHil.Rig.Observation;
using AirHil.Rig.Runs;
using AirHil.Rig.Sessions;

namespace AirHil.Live.View;

/// <summary>One bench on a <see cref="LiveView"/>.</summary>
public sealed class LiveEntry
{
    private readonly Lock _gate = new();
    private readonly LiveView _view;
    private readonly int _number;
    private readonly EventPacker _packer = new();
    private int _place;
    private long _next;
    private bool _finished;

    internal LiveEntry(LiveView view, int number, string title, BenchOptions options)
    {
        _view = view;
        _number = number;
        var scenario = HtmlReport.Describe(new ReportScenario { Title = title, Seed = options.Seed });
        scenario["status"] = "running";
        Begin = Message("begin", new JsonObject
        {
            ["scenario"] = scenario,
            ["session"] = new JsonObject
            {
                ["title"] = options.Target.Name,
                ["startDate"] = options.StartDate.ToUnixTimeMilliseconds(),
            },
        });
    }

    /// <summary>What tells a browser of it; guarded by the view, as are the next two.</summary>
    internal string Begin { get; }

    /// <summary>The packs that are kept, oldest first.</summary>
    internal Queue<string> Packs { get; } = new();

    /// <summary>What tells how it ended; null while it lasts.</summary>
    internal string? End { get; private set; }

    /// <summary>
    /// Tells the browsers how it ended. Nothing more of the bench is shown; a second call does nothing.
    /// </summary>
    /// <param name="scenario">Its result and steps; null for a run without a scenario.</param>
    public void Finish(ReportScenario? scenario = null)
    {
        lock (_gate)
        {
            if (_finished) return;
            Flush();
            _finished = true;
        }

        var told = scenario is null ? new JsonObject { ["status"] = "session" } : HtmlReport.Describe(scenario);
        End = Message("end", new JsonObject { ["scenario"] = told });
        _view.Publish(this, End, isPack: false);
    }

    internal void Watch(SessionLog session)
    {
        lock (_gate)
        {
            session.Watch(Take);
            foreach (var sighting in session.Kept()) Add(sighting);
        }
    }

    /// <summary>Sends what has come since the last time.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            if (_packer.Count == 0 || _finished) return;
            var pack = Convert.ToBase64String(_packer.Take());
            var message = Message("pack", new JsonObject { ["place"] = _place++, ["pack"] = pack });
            _view.Publish(this, message, isPack: true);
        }
    }

    private string Message(string name, JsonObject data)
    {
        data["number"] = _number;
        return LiveView.Message(name, data.ToJsonString());
    }

    /// <summary>On the thread of the run. A pack that is full is packed here: the run waits, nothing is lost.</summary>
    private void Take(Sighting sighting)
    {
        lock (_gate)
        {
            if (!_finished) Add(sighting);
        }
    }

    private void Add(in Sighting sighting)
    {
        // What was there when the watch began may be told twice.
        if (sighting.Index >= 0 && sighting.Index < _next) return;
        if (sighting.Index >= 0) _next = sighting.Index + 1;
        _packer.Add(sighting.Event);
        if (_packer.IsFull) Flush();
    }
}
