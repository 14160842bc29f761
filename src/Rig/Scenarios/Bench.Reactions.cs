using System.Globalization;
using System.Text;
using AirHil.Modem.Acts;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Scenarios;

/// <content>Acts that go on by themselves: workloads, and what is done behind an event.</content>
public sealed partial class Bench
{
    private const int LongestLine = 8192;

    /// <summary>Each looks at every event; true: it is over.</summary>
    private readonly List<Func<Sighting, bool>> _reactions = [];

    private bool _isReacting;

    /// <summary>The next text of a workload, and the one behind it when its time comes.</summary>
    private void Count(PendingActs.Count count)
    {
        var (repeat, number) = count;
        var text = repeat.Text.Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var at = _world.Loop.Now;
        _pending.Add(at + repeat.Every, count with { Number = number + 1 });
        if (number > 1) BeginAct(null);
        Post(new ModemCommand.WriteUart(repeat.Port, Encoding.UTF8.GetBytes(text), false), repeat.Modem ?? OnlyModem);
    }

    /// <summary>What the faults of the serial lines make of it; the rest comes after a gap.</summary>
    private ModemCommand.WriteUart Disturbed(ModemCommand.WriteUart write, string modem)
    {
        if (RepeatsLines) return write;
        var (first, second) = _lines.FromRig(write.Port, write.Bytes);
        if (first.Length == write.Bytes.Length) return write with { Bytes = first };
        if (!second.IsEmpty)
        {
            _pending.Add(BehindGap(first), new PendingActs.Tail(write with { Bytes = second }, modem));
        }

        return write with { Bytes = first };
    }

    /// <summary>What comes of a packet of the module at the rig's end; the rest comes after a gap.</summary>
    private ReadOnlyMemory<byte> Heard(string modem, ModemReport.UartReceived sent)
    {
        var (first, second) = _lines.FromModule(sent.Port, sent.Bytes);
        if (second.IsEmpty) return first;
        var rest = sent with { Bytes = second, HappenedAt = null };
        _pending.Add(BehindGap(second), new PendingActs.Late(rest, modem));
        return first;
    }

    /// <summary>What comes of a packet of a peer at the module; the rest comes after a gap.</summary>
    private ReadOnlyMemory<byte> Said(string modem, string peer, int port, ReadOnlyMemory<byte> bytes)
    {
        var (first, second) = _lines.FromPeer(port, bytes);
        if (!second.IsEmpty) _pending.Add(BehindGap(first), new PendingActs.PeerTail(peer, port, second, modem));
        return first;
    }

    /// <summary>When the second half of a packet comes, from now on.</summary>
    /// <param name="sent">What is on the line before.</param>
    private TimeSpan BehindGap(ReadOnlyMemory<byte> sent) =>
        _world.Loop.Now + WireTime(sent.Length) + UartLines.Gap;

    private void Await(PendingActs.Wait wait) => React(seen =>
    {
        if (seen.Event.Kind != wait.Anchor.Kind) return false;
        _pending.Add(Later(seen.At + wait.Anchor.Delay), new PendingActs.Given(wait.Act));
        return true;
    });

    private void Answer(AnswerUart device, string modem)
    {
        var line = new StringBuilder();
        var answer = new PendingActs.Packet(
            new PendingActs.Rest(device.Port, modem),
            new UartStimulus.Packet(TimeSpan.Zero, Encoding.UTF8.GetBytes(device.Answer), false), TimeSpan.Zero);
        React(seen =>
        {
            if (seen.Event is not UartOut sent || sent.Port != device.Port || sent.Modem != modem) return false;
            foreach (var c in Encoding.Latin1.GetString(sent.Bytes.Span))
            {
                if (c is not ('\r' or '\n'))
                {
                    if (line.Length < LongestLine) line.Append(c);
                    continue;
                }

                if (Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line.ToString())) == device.Asked)
                {
                    var due = Later(seen.At);
                    _pending.Add(due, answer with { Due = due });
                }

                line.Clear();
            }

            return false;
        });
    }

    private TimeSpan Later(TimeSpan due) => due > _world.Loop.Now ? due : _world.Loop.Now;

    private void React(Func<Sighting, bool> reaction)
    {
        _reactions.Add(reaction);
        if (_isReacting) return;
        _isReacting = true;
        Session.Watch(seen => _reactions.RemoveAll(one => seen.Index >= 0 && one(seen)));
    }
}
