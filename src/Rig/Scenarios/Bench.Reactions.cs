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

    /// <summary>The directions of serial lines on which something is late, or was.</summary>
    private readonly Dictionary<(UartSender From, string Modem, int Port), LateLine> _late = [];

    /// <summary>A workload begins. What it brings is no act of its own in the session.</summary>
    private async ValueTask Begin(Repeat repeat)
    {
        BeginAct(repeat);
        var was = _isConsequence;
        _isConsequence = true;
        try
        {
            await Count(new PendingActs.Count(repeat, 1));
        }
        finally
        {
            _isConsequence = was;
        }
    }

    /// <summary>What a workload brings now, and the next time when that comes.</summary>
    private ValueTask Count(PendingActs.Count count)
    {
        _pending.Add(_world.Loop.Now + count.Of.Every, count with { Number = count.Number + 1 });
        return Do(count.Of.Nth(count.Number));
    }

    /// <summary>
    /// What comes at once of a packet of the rig, behind the faults of the serial lines; null: all of it is late.
    /// </summary>
    private ModemCommand.WriteUart? Disturbed(ModemCommand.WriteUart write, string modem)
    {
        if (RepeatsLines) return write;
        var now = AtOnce(UartSender.Rig, modem, write.Port, write.Bytes, late =>
        {
            BeginAct(null);
            _world.ModemOf(modem).Shell.Post(write with { Bytes = late });
        });
        return now is { } bytes ? write with { Bytes = bytes } : null;
    }

    /// <summary>What comes at once of a packet of the module at the rig's end.</summary>
    private ReadOnlyMemory<byte> Heard(string modem, ModemReport.UartReceived sent) =>
        AtOnce(
            UartSender.Module, modem, sent.Port, sent.Bytes,
            late => _world.ModemOf(modem).Hear(sent with { Bytes = late, HappenedAt = null })) ?? default;

    /// <summary>What comes at once of a packet of a peer at the module.</summary>
    private ReadOnlyMemory<byte> Said(string modem, string peer, int port, ReadOnlyMemory<byte> bytes) =>
        AtOnce(
            UartSender.Peer, modem, port, bytes, late => _world.ModemOf(modem).SendRest(peer, port, late)) ?? default;

    /// <summary>
    /// What comes of a packet at once. Its second half comes behind a gap, and what is sent meanwhile behind that: no
    /// byte of a serial line overtakes another.
    /// </summary>
    /// <param name="pass">Passes on what is late.</param>
    /// <returns>Null: all of it is late.</returns>
    private ReadOnlyMemory<byte>? AtOnce(
        UartSender from, string modem, int port, ReadOnlyMemory<byte> packet, Action<ReadOnlyMemory<byte>> pass)
    {
        var line = _late.GetValueOrDefault((from, modem, port));
        var waits = line is { Count: > 0 };
        var (first, second) = _lines.Pass(from, port, packet, waits);
        if (waits)
        {
            Delay(first);
            return null;
        }

        if (second.IsEmpty) return first;
        if (line is null) _late.Add((from, modem, port), line = new LateLine());
        // The module is heard at the end of what it sends.
        var time = WireTime(from == UartSender.Module ? second.Length : first.Length);
        line.Last = _world.Loop.Now + time + UartLines.Gap;
        Delay(second);
        if (first.IsEmpty) return null;
        return first;

        void Delay(ReadOnlyMemory<byte> piece)
        {
            line!.Count++;
            _pending.Add(line.Last, new PendingActs.Late(line, piece, pass));
        }
    }

    private void Await(PendingActs.Wait wait) => React(seen =>
    {
        if (seen.Event.Kind != wait.Anchor.Kind) return false;
        _pending.Add(Later(seen.At + wait.Anchor.Delay), new PendingActs.Given(wait.Act));
        return true;
    });

    /// <summary>The supply goes in the middle of the next write to flash.</summary>
    private void CutAtWrite(CutAtWrite cut, string modem) => React(seen =>
    {
        if (seen.Event is not FlashWritten write || write.Modem != modem) return false;
        var off = new SwitchOff(cut.For) { Modem = cut.Modem };
        _pending.Add(Later(seen.At + (write.Took / 2)), new PendingActs.Consequence(off));
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
