using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;

namespace AirHil.Hunt.Surroundings;

/// <summary>
/// Puts around a script what it calls, then what makes it do more: lines on its UARTs, answers of its services.
/// </summary>
internal sealed class SurroundingsSearch(Probe probe, BenchOptions options, Func<string, PeerScript?> peers)
{
    private const int MostRounds = 8;

    /// <summary>So many runs are enough for one UART or one service.</summary>
    private const int MostTried = 60;
    private const int FewestTexts = 3;
    private const int MuchMore = 4;
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan OfTextMessages = TimeSpan.FromSeconds(20);
    private List<Neighbour> _around = [];
    private ProbeOutcome _now = new([], [], []);

    public IReadOnlyList<Neighbour> Neighbours => _around;

    /// <summary>What is written in the functions that were called.</summary>
    public IEnumerable<string> Texts => _now.Functions.SelectMany(function => function.Texts);

    public void Run()
    {
        FindServices();
        foreach (var port in LineSearch.Ports(_now).ToArray()) FindLine(port);
        FindTextMessages();
        FindServices();
        foreach (var service in _around.OfType<Neighbour.Service>().ToArray())
        {
            Choose(AnswerSearch.Others(service, _now, peers).Select(other => Instead(service, other)));
        }

        // Some call a service late: where they are, what the time is.
        probe.Length = Whole;
        FindServices();
    }

    private void FindServices()
    {
        _now = probe.Run(_around);
        for (var round = 0; round < MostRounds; round++)
        {
            var missing = ServiceSearch.Missing(_now, _around, options).ToArray();
            if (missing.Length == 0) return;
            var keys = missing.Select(s => ServiceSearch.Key(s.Endpoint.Url)).ToHashSet();
            var kept = _around.Where(
                n => n is not Neighbour.Service s || !keys.Contains(ServiceSearch.Key(s.Endpoint.Url)));
            _around = [.. kept, .. missing];
            _now = probe.Run(_around);
        }
    }

    private void FindLine(int port)
    {
        var before = _now;
        var any = probe.Run([.. _around, LineSearch.Any(port)]);
        var isHeard = any.Beyond(before).Any();
        var devices = LineSearch.Devices(port, before, any.Functions, peers).ToArray();
        var isFound = Choose(devices.Select(device => With(device)));
        if (isFound || !isHeard) return;
        // A line that is worth no more than any text is understood by nobody.
        if (any.Worth.Texts <= before.Worth.Texts && any.Worth.CompareTo(_now.Worth) > 0) _now = any;
        // One line is on a UART at a time: what it does is known from its first run.
        var tried = new HashSet<Neighbour>();
        for (var functions = any.Beyond(before); ;)
        {
            var known = _now;
            if (!Choose(LineSearch.Lines(port, functions).Where(tried.Add).Select(line => With(line)))) break;
            isFound = true;
            functions = _now.Beyond(known);
        }

        if (isFound && _now.Events.Any(e => e is SmsSubmitted)) SlowDown(port);
        if (!isFound) _now = before;

        List<Neighbour> With(Neighbour one) => [.. _around.Where(n => !IsInPlaceOf(one, n, port)), one];
    }

    /// <summary>What the script does with text messages shows only when some come.</summary>
    private void FindTextMessages()
    {
        if (!TextMessageSearch.IsAwaited(_now)) return;
        var before = _now;
        List<Neighbour> with = [.. _around, TextMessageSearch.Any];
        var any = probe.Run(with);
        if (!any.Worth.Lives || !any.Beyond(before).Any()) return;
        (_around, _now) = (with, any);
        FindServices();
        var isPassedOn = _now.Texts >= before.Texts + FewestTexts;
        var others = TextMessageSearch.Others(_now, _now.Beyond(before), isPassedOn).ToArray();
        Choose(others.Select(other => Instead(n => n is Neighbour.TextMessage, other)));
    }

    /// <summary>A text message takes its time.</summary>
    private void SlowDown(int port) => _around =
    [
        .. _around.Select(n => n is Neighbour.Line line && line.Port == port
            ? line with { Every = OfTextMessages }
            : n),
    ];

    /// <summary>Whether one comes where another is.</summary>
    private static bool IsInPlaceOf(Neighbour one, Neighbour other, int port) => (one, other) switch
    {
        (Neighbour.Line, Neighbour.Line line) => line.Port == port,
        (Neighbour.Answer answer, Neighbour.Answer { Act: var known }) =>
            (known.Port, known.Asked) == (port, answer.Act.Asked),
        _ => false,
    };

    /// <summary>Takes the best of others, if it is better than what is.</summary>
    private bool Choose(IEnumerable<List<Neighbour>> others)
    {
        var isBetter = false;
        foreach (var other in others.Take(MostTried))
        {
            var outcome = probe.Run(other);
            if (!IsBetter(outcome) && !IsCalmer(outcome)) continue;
            (_around, _now, isBetter) = (other, outcome, true);
        }

        return isBetter;
    }

    /// <summary>
    /// A script that waits in vain does much, too: it tries again. So less is said by what is executed than by what is
    /// sent, and a run that lost more connections is no better.
    /// </summary>
    private bool IsBetter(ProbeOutcome other) => other.Worth.CompareTo(_now.Worth) > 0
        && (other.Connections <= _now.Connections || other.Worth.Texts > _now.Worth.Texts || !_now.Worth.Lives);

    /// <summary>
    /// The script sends much less, though it still sends: it took each answer for a reason to send the next text.
    /// </summary>
    private bool IsCalmer(ProbeOutcome other) =>
        other.Worth.Lives && other.Texts >= FewestTexts && _now.Texts > MuchMore * other.Texts;

    private List<Neighbour> Instead(Neighbour.Service old, Neighbour.Service other)
    {
        var key = ServiceSearch.Key(old.Endpoint.Url);
        return Instead(n => n is Neighbour.Service s && ServiceSearch.Key(s.Endpoint.Url) == key, other);
    }

    private List<Neighbour> Instead(Func<Neighbour, bool> isOld, Neighbour other) =>
        [.. _around.Select(n => isOld(n) ? other : n)];
}
