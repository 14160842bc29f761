using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Replay;

/// <summary>Repeats a virtual session from its header and acts, and sees to it that every event comes back.</summary>
public static class ExactReplay
{
    /// <summary>How it went.</summary>
    /// <param name="Events">How many events were the same.</param>
    /// <param name="End">The run's time at the end, or at the first difference.</param>
    /// <param name="RecordedHash">The recording's hash; "" where it was cut off.</param>
    /// <param name="Hash">The hash of what was repeated.</param>
    /// <param name="Difference">The first difference; null: there is none.</param>
    /// <param name="Repairs">What was wrong with the recording's end.</param>
    public sealed record Result(
        long Events, TimeSpan End, string RecordedHash, string Hash, Difference? Difference,
        IReadOnlyList<string> Repairs)
    {
        /// <summary>Every recorded event came back, and the hash with them where the recording tells it.</summary>
        public bool IsSame => Difference is null && (RecordedHash.Length == 0 || RecordedHash == Hash);
    }

    /// <summary>Where the repetition left the recording.</summary>
    /// <param name="Index">The place of the event in both.</param>
    /// <param name="Recorded">Null: the recording ends here.</param>
    /// <param name="Repeated">Null: the repetition says nothing more.</param>
    /// <param name="Before">The last events that were the same, oldest first.</param>
    public sealed record Difference(
        long Index, SessionEvent? Recorded, SessionEvent? Repeated, IReadOnlyList<SessionEvent> Before);

    /// <summary>
    /// Why a recording cannot be repeated, in words that complete "cannot be repeated: "; null: it can.
    /// </summary>
    public static string? WhyNot(SessionHeader header) =>
        !header.Exact
            ? $"it is of the target '{header.Target}', and only a virtual module in virtual time, with the simulated " +
                $"network, follows from its header"
            : header.Masked
                ? "secrets were masked in it, the script's too, so that what it said is no longer there"
                : null;

    /// <summary>Repeats a session.</summary>
    /// <param name="open">Opens the recording, at its beginning; it is called twice.</param>
    /// <exception cref="SessionFormatException">The recording is damaged.</exception>
    /// <exception cref="InvalidOperationException">It cannot be repeated; the message says why.</exception>
    public static async Task<Result> Run(Func<SessionReader> open)
    {
        using var acts = open();
        using var expected = open();
        if (WhyNot(acts.Header) is { } reason) throw new InvalidOperationException(reason);
        await using var bench = new Bench(acts.Header.ToOptions() with { KeptEvents = 1000 });
        var check = new Check(expected);
        bench.Watch(sighting => check.Next(sighting.Event));
        await StimulusReplay.Drive(bench, acts, scripts: null, () => check.Found is not null);
        if (expected.End is not null || check.Found is null) check.End(bench.Session.Total);
        // The hash of format 1 is over another form of the events.
        var hash = acts.Header.Version == 1 ? "" : acts.End?.Hash ?? "";
        return new Result(
            check.Same, bench.Now, hash, bench.Session.Hash, check.Found, acts.Repairs);
    }

    private sealed class Check(SessionReader expected)
    {
        private const int Shown = 10;
        private readonly Queue<SessionEvent> _before = new();
        private readonly EventLines _lines = new();
        private readonly LineBuffer _recorded = new(1024);
        private readonly LineBuffer _actual = new(1024);

        public long Same { get; private set; }

        public Difference? Found { get; private set; }

        public void Next(SessionEvent actual)
        {
            if (Found is not null || actual.Lane == SessionLane.Vitals) return;
            var recorded = Recorded();
            if (recorded is not null && IsSame(recorded, actual))
            {
                Same++;
                _before.Enqueue(actual);
                if (_before.Count > Shown) _before.Dequeue();
            }
            else if (recorded is not null || expected.End is not null)
            {
                Found = new Difference(Same, recorded, actual, [.. _before]);
            }
        }

        public void End(long total)
        {
            if (Found is null && total == Same && Recorded() is { } missing)
            {
                Found = new Difference(Same, missing, null, [.. _before]);
            }
        }

        private SessionEvent? Recorded()
        {
            while (expected.TryRead(out var entry))
            {
                if (entry.Event is { Lane: not SessionLane.Vitals } e) return e;
            }

            return null;
        }

        private bool IsSame(SessionEvent recorded, SessionEvent actual) =>
            recorded.At == actual.At
            && (expected.Header.Version == 1 ? SaysSame(recorded, actual) : IsLine(recorded, actual));

        private bool IsLine(SessionEvent recorded, SessionEvent actual)
        {
            _recorded.Clear();
            _actual.Clear();
            _lines.Write(_recorded, recorded);
            _lines.Write(_actual, actual);
            return _recorded.Written.SequenceEqual(_actual.Written);
        }

        // Format 1 holds the texts and not the fields.
        private static bool SaysSame(SessionEvent one, SessionEvent other) =>
            one.Lane == other.Lane && one.Tick == other.Tick
            && string.Equals(one.Kind, other.Kind, StringComparison.Ordinal)
            && string.Equals(one.Modem, other.Modem, StringComparison.Ordinal)
            && string.Equals(one.Text, other.Text, StringComparison.Ordinal)
            && one.Bytes.Span.SequenceEqual(other.Bytes.Span);
    }
}
