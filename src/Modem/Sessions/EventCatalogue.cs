using System.Collections.Frozen;

namespace AirHil.Modem.Sessions;

/// <summary>
/// Every kind of event: which record it is, by which words it goes, and which members it has in a file beside its time,
/// its modem, its connection and its bytes. A new kind of event is a record and a row here.
/// </summary>
public static partial class EventCatalogue
{
    private static readonly Entry[] Entries = [.. Rig, .. Power, .. Log, .. Uart, .. Network, .. Service, .. Vitals];

    private static readonly FrozenDictionary<Type, Entry> ByType = Entries.ToFrozenDictionary(e => e.Type);

    private static readonly FrozenDictionary<string, Func<EventMembers, SessionEvent>> Readers = Entries
        .SelectMany(e => e.Words).ToFrozenDictionary(w => w.Word, w => w.Read, StringComparer.Ordinal);

    /// <summary>Every word that an event can go by, in the order of the lanes.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Entries.SelectMany(e => e.Words).Select(w => w.Word)];

    /// <summary>The word of an event.</summary>
    internal static string KindOf(SessionEvent e) => EntryOf(e).KindOf(e);

    internal static Entry EntryOf(SessionEvent e) => ByType[e.GetType()];

    /// <summary>The event that the members of a line tell of.</summary>
    /// <exception cref="FormatException">The kind is not known, or a member is missing or wrong.</exception>
    internal static SessionEvent Read(EventMembers members)
    {
        if (!Readers.TryGetValue(members.Kind, out var read))
        {
            var family = members.Kind.Split('.')[0] + ".";
            var known = Words.Where(word => word.StartsWith(family, StringComparison.Ordinal));
            throw new FormatException(
                $"the kind '{members.Kind}' is not known (known are {string.Join(", ", known)}); a later airhil may " +
                $"have recorded the session");
        }

        var e = read(members);
        if ((int)e.Lane != members.Lane)
        {
            throw new FormatException($"'{members.Kind}' is an event of the lane \"{EventLines.NameOf(e.Lane)}\"");
        }

        return members.Modem == "1" ? e : e with { Modem = members.Modem };
    }

    /// <summary>A record that goes by one word.</summary>
    private static Entry Of<T>(
        string word, Func<EventMembers, T> read, Action<EventLines, T>? write = null)
        where T : SessionEvent =>
        Of(_ => word, write, (word, read));

    /// <summary>A record that goes by several words, by its fields.</summary>
    private static Entry Of<T>(
        Func<T, string> kindOf, Action<EventLines, T>? write, params (string Word, Func<EventMembers, T> Read)[] words)
        where T : SessionEvent => new(
        typeof(T),
        e => kindOf((T)e),
        write is null ? null : (line, e) => write(line, (T)e),
        [.. words.Select(w => (w.Word, (Func<EventMembers, SessionEvent>)w.Read))]);

    /// <summary>One record.</summary>
    /// <param name="Write">Writes the members that are its own; null: it has none.</param>
    internal sealed record Entry(
        Type Type, Func<SessionEvent, string> KindOf, Action<EventLines, SessionEvent>? Write,
        IReadOnlyList<(string Word, Func<EventMembers, SessionEvent> Read)> Words);
}
