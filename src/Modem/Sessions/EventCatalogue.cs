using System.Collections.Frozen;
using System.Text;

namespace AirHil.Modem.Sessions;

/// <summary>
/// Every kind of event: which record it is, by which words it goes, and which members it has in a file beside its time,
/// its modem, its connection and its bytes. A new kind of event is a record and a row here.
/// </summary>
public static partial class EventCatalogue
{
    private static readonly Entry[] Entries =
    [
        .. In(SessionLane.Rig, Rig), .. In(SessionLane.Power, Power), .. In(SessionLane.Log, Log),
        .. In(SessionLane.Uart, Uart), .. In(SessionLane.Network, [.. Network, .. Messages]),
        .. In(SessionLane.Service, [.. Service, .. Protocols]), .. In(SessionLane.Vitals, Vitals),
        .. In(SessionLane.Pin, Pins), .. In(SessionLane.Script, Scripts), .. In(SessionLane.Bus, Buses),
    ];

    private static readonly FrozenDictionary<Type, Entry> ByType = Entries.ToFrozenDictionary(e => e.Type);

    private static readonly FrozenDictionary<string, Func<EventMembers, SessionEvent>> Readers = Entries
        .SelectMany(e => e.Words).ToFrozenDictionary(w => w.Text, w => w.Read, StringComparer.Ordinal);

    /// <summary>Every word that an event can go by, in the order of the lanes.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Entries.SelectMany(e => e.Words).Select(w => w.Text)];

    /// <summary>The word of an event.</summary>
    internal static string KindOf(SessionEvent e) => EntryOf(e).WordOf(e).Text;

    internal static Entry EntryOf(SessionEvent e) => ByType[e.GetType()];

    /// <summary>The event that the members of a line tell of.</summary>
    /// <exception cref="FormatException">The kind is not known, or a member is missing or wrong.</exception>
    internal static SessionEvent Read(EventMembers members)
    {
        if (!Readers.TryGetValue(members.Kind, out var read))
        {
            var family = members.Kind.Split('.')[0] + ".";
            var known = Words.Where(word => word.StartsWith(family, StringComparison.Ordinal)).ToArray();
            var list = known.Length > 0
                ? $"known are {string.Join(", ", known)}"
                : $"kinds begin with {string.Join(", ", Words.Select(word => word.Split('.')[0]).Distinct())}";
            throw new FormatException(
                $"the kind '{members.Kind}' is not known ({list}); a later airhil may have recorded the session");
        }

        var e = read(members);
        if ((int)e.Lane != members.Lane)
        {
            throw new FormatException($"'{members.Kind}' is an event of the lane \"{EventLines.NameOf(e.Lane)}\"");
        }

        return members.Modem == "1" ? e : e with { Modem = members.Modem };
    }

    private static IEnumerable<Entry> In(SessionLane lane, Entry[] entries) =>
        entries.Select(e => e with { Words = [.. e.Words.Select(w => w with { Member = MemberOf(lane, w.Text) })] });

    private static byte[] MemberOf(SessionLane lane, string word)
    {
        var line = new LineBuffer(64);
        line.Name(Encoding.ASCII.GetBytes(EventLines.NameOf(lane)));
        line.Text(word);
        return line.Written.ToArray();
    }

    /// <summary>A record with one word.</summary>
    private static Entry Of<T>(
        string word, Func<EventMembers, T> read, Action<EventLines, T>? write = null)
        where T : SessionEvent =>
        Of(null, write, (word, read));

    /// <summary>A record with several words; its fields say which.</summary>
    private static Entry Of<T>(
        Func<T, int>? which, Action<EventLines, T>? write, params (string Word, Func<EventMembers, T> Read)[] words)
        where T : SessionEvent => new(
        typeof(T),
        which is null ? null : e => which((T)e),
        write is null ? null : (line, e) => write(line, (T)e),
        [.. words.Select(w => new Word(w.Word, w.Read))]);

    /// <summary>One record.</summary>
    /// <param name="Which">The place of an event's word among <paramref name="Words"/>; null: there is one.</param>
    /// <param name="Write">Writes the members that are its own; null: it has none.</param>
    internal sealed record Entry(
        Type Type, Func<SessionEvent, int>? Which, Action<EventLines, SessionEvent>? Write, Word[] Words)
    {
        public bool IsConnected { get; } = Type.IsAssignableTo(typeof(IConnected));

        public Word WordOf(SessionEvent e) => Words[Which is null ? 0 : Which(e)];
    }

    /// <summary>A word of an event.</summary>
    internal sealed record Word(string Text, Func<EventMembers, SessionEvent> Read)
    {
        /// <summary>The lane with the word as a line has them.</summary>
        public byte[] Member { get; init; } = [];
    }
}
