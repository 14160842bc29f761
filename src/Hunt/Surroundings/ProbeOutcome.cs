using AirHil.Modem.Sessions;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Sessions;

namespace AirHil.Hunt.Surroundings;

/// <summary>What a script did in its surroundings.</summary>
/// <param name="Functions">Those of the script that were called.</param>
/// <param name="Strangers">Names that no service has.</param>
internal sealed record ProbeOutcome(
    IReadOnlyList<SessionEvent> Events, IReadOnlyList<ScriptFunction> Functions, IReadOnlyList<UnknownHost> Strangers)
{
    /// <summary>More texts than one a second say nothing more.</summary>
    private const int MostTexts = 60;
    private (bool Lives, int Texts, int Reached)? _worth;
    private int? _texts;

    /// <summary>
    /// How well the surroundings suit the script: it does not restart, sends many texts that differ, and executes
    /// much of itself.
    /// </summary>
    public (bool Lives, int Texts, int Reached) Worth =>
        _worth ??= (!Restarts(), Math.Min(Texts, MostTexts), Functions.Sum(function => function.Reached));

    /// <summary>How many texts that differ the script sent.</summary>
    public int Texts => _texts ??= CountTexts();

    /// <summary>How often it connected.</summary>
    public int Connections => Events.Count(happened => happened is TcpOpening);

    /// <summary>The functions that this run called or went further in than another.</summary>
    public IEnumerable<ScriptFunction> Beyond(ProbeOutcome other)
    {
        var reached = other.Functions.ToDictionary(f => f.Key, f => f.Reached);
        return Functions.Where(f => f.Reached > reached.GetValueOrDefault(f.Key));
    }

    private bool Restarts() => PropertyJudge.Over(new NeverRestarts(), Events).First is not null;

    private int CountTexts()
    {
        var service = new PlaceReader(new Place(PlaceKind.Service), toModule: false);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var happened in Events)
        {
            service.Read(happened, text => texts.Add(text));
            if (happened is RawIn or SmsSubmitted) texts.Add(Text(happened));
        }

        return texts.Count;
    }

    private static string Text(SessionEvent happened) => happened is SmsSubmitted sms
        ? sms.Message
        : System.Text.Encoding.Latin1.GetString(happened.Bytes.Span);
}
