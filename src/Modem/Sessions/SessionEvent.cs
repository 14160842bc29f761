using System.Text.Json.Serialization;

namespace AirHil.Modem.Sessions;

/// <summary>
/// One thing that crossed the modem interface, the air or the service: values only. A session is the ordered list of
/// these (design §8); its hash covers them and nothing else. The cases are in one file for each lane; their words and
/// their form in a file are in <see cref="EventCatalogue"/>.
/// </summary>
/// <param name="At">The run's time.</param>
/// <param name="Bytes">The bytes that crossed, where there are any.</param>
[JsonConverter(typeof(SessionEventConverter))]
public abstract record SessionEvent(TimeSpan At, ReadOnlyMemory<byte> Bytes = default)
{
    /// <summary>The modem it belongs to, in runs with more than one; "" where it belongs to none.</summary>
    public string Modem { get; init; } = "1";

    /// <summary>Where it was seen.</summary>
    public abstract SessionLane Lane { get; }

    /// <summary>What it is, as a short fixed word: "uart1.rx", "dns.query", "tcp.open", "ws.text.in", ….</summary>
    public string Kind => EventCatalogue.KindOf(this);

    /// <summary>What people read of it besides its bytes; "" where those say all.</summary>
    public string Text => EventText.Of(this);

    /// <summary>An act of the rig, which the modem, the air or the service heard of.</summary>
    public bool IsAct => this is IActEvent { Peer: "" };

    /// <summary>The module's own time since its last start, for lines of its log.</summary>
    public virtual TimeSpan? Tick => null;

    /// <summary>The same, of that modem.</summary>
    public SessionEvent Of(string modem) => Modem == modem ? this : this with { Modem = modem };

    public sealed override string ToString() => FormattableString.Invariant($"{At} {Kind} {Text}");
}

/// <summary>The rig did it, and the modem, the air or the service heard of it.</summary>
public interface IActEvent
{
    /// <summary>
    /// The script of the peer that did it by itself; "": it is an act of the rig. What a peer does follows from what
    /// it hears, so it is not done again when acts are.
    /// </summary>
    string Peer => "";
}
