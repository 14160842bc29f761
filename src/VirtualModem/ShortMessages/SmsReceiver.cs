using System.Globalization;
using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.ShortMessages;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.ShortMessages;

/// <summary>
/// What the binding keeps of received messages (L:components/sms/luat_lib_sms.c): the callback, and the fragments of
/// long ones. All of it is lost with a reset.
/// </summary>
internal sealed class SmsReceiver(Board board, SystemHeap heap)
{
    public const string Tag = "sms";

    /// <summary>LONG_SMS_CMAX.</summary>
    private const int Slots = 128;

    /// <summary>The C code clears no slot beyond these after a delivery.</summary>
    private const int ClearedSlots = 16;

    /// <summary>sizeof(long_sms_t) without the text.</summary>
    private const int FragmentHead = 4;

    /// <summary>sizeof(LUAT_SMS_RECV_MSG_T): a message on its way through the mailbox.</summary>
    private const int MessageBytes = 1_464;

    /// <summary>The message centre's number in the log.</summary>
    private const string Centre = "+8613800100500";

    private const string CentreHex = "0891683108100005F0";

    private readonly Fragment?[] _fragments = new Fragment?[Slots];

    private sealed record Fragment(int Reference, int Number, byte[] Text);

    /// <summary>sms.setNewSmsCb.</summary>
    public ScriptCallback Callback { get; } = new();

    /// <summary>sms.autoLong.</summary>
    public bool MergesLong { get; set; } = true;

    /// <summary>A PDU has come from the network.</summary>
    public void Delivered(ReadOnlyMemory<byte> bytes)
    {
        var pdu = DeliverPdu.Read(bytes.Span);
        var buffer = SmsText.BufferOf(pdu);
        Lines(pdu, bytes, buffer);
        if (heap.TryAllocate(MessageBytes)) board.Post(new SmsMessage(this, board.Log, pdu, buffer));
        else board.Log.Write(LogLevel.Error, Tag, "out of memory when malloc sms content");
        board.Log.Raw("luat_sms_proc 1144:[DIO 1144]: CMI_SMS_NEW_MSG_IND is in");
    }

    /// <summary>The message's block goes back to the heap.</summary>
    public void Release() => heap.Free(MessageBytes);

    /// <summary>
    /// Keeps a fragment. A message is complete when the numbers of all fragments with its reference add up to what they
    /// should: one that comes twice, or one of another sender, spoils the sum.
    /// </summary>
    /// <returns>Whether the message is complete.</returns>
    public bool Keep(MessagePart part, byte[] text)
    {
        var free = Array.IndexOf(_fragments, null);
        if (free < 0)
        {
            board.Log.Write(LogLevel.Error, Tag, "too many long-sms!!");
            return false;
        }

        if (!heap.TryAllocate(FragmentHead + text.Length))
        {
            board.Log.Write(LogLevel.Error, Tag, "out of memory when malloc long sms buff");
            return false;
        }

        _fragments[free] = new Fragment(part.Reference, part.Number, text);
        var missing = (part.Of + 1) * part.Of / 2;
        foreach (var fragment in _fragments)
        {
            if (fragment?.Reference == part.Reference) missing -= fragment.Number;
        }

        if (missing == 0)
        {
            board.Log.Write(LogLevel.Info, Tag, "long-sms is ok");
            return true;
        }

        board.Log.Write(LogLevel.Info, Tag, $"long-sms, wait more frags {part.Number}/{part.Of}");
        return false;
    }

    /// <summary>The text of all fragments with a reference; <see cref="SmsText"/> ends each at a zero.</summary>
    public LuaString Join(LuaState state, MessagePart part)
    {
        var room = new TextRoom(state);
        var text = new List<byte>();
        for (var number = 1; number <= part.Of; number++)
        {
            foreach (var fragment in _fragments)
            {
                if (fragment?.Reference != part.Reference || fragment.Number != number) continue;
                text.AddRange(fragment.Text);
                room.Grow(text.Count);
            }
        }

        return room.Make([.. text]);
    }

    /// <summary>After a delivery: whatever message it was.</summary>
    public void Forget(int reference)
    {
        for (var i = 0; i < ClearedSlots; i++)
        {
            if (_fragments[i]?.Reference == reference) Free(i);
        }
    }

    /// <summary>sms.clearLong.</summary>
    /// <returns>How many there were.</returns>
    public int Clear()
    {
        var count = 0;
        for (var i = 0; i < Slots; i++)
        {
            if (_fragments[i] is null) continue;
            count++;
            Free(i);
        }

        return count;
    }

    private void Free(int slot)
    {
        heap.Free(FragmentHead + _fragments[slot]!.Text.Length);
        _fragments[slot] = null;
    }

    /// <summary>The lines of the SDK for a message (luat_sms_nw_report_urc).</summary>
    private void Lines(DeliverPdu pdu, ReadOnlyMemory<byte> bytes, string buffer)
    {
        var log = board.Log;
        var (coding, part, zone) = ((int)pdu.Coding, pdu.Part, SmsText.QuartersOf(pdu.SentAt));
        var time = pdu.SentAt.ToString("yy/MM/dd,HH:mm:ss", CultureInfo.InvariantCulture);
        var hex = Convert.ToHexString(bytes.Span);
        Line(1039, $"phone: {pdu.Number}");
        Line(1044, $"dcs: {coding} | {pdu.Scheme} | 0 | 0");
        Line(1049, $"sca: [{Centre}]");
        Line(1062, $"time: [\"{time} {(zone < 0 ? '-' : '+')}{Math.Abs(zone):00}\"]");
        Line(1076, $"pdu: [{pdu.BodyOffset} | {bytes.Length} | {buffer.Length} | {buffer}]");
        Line(1082, $"ieData {part?.Reference ?? 0} {part?.Of ?? 0} {part?.Number ?? 0}");
        Line(1084, $"{bytes.Length}[{CentreHex}{hex}]");
        Line(1085, $"[{CentreHex}{hex}]");

        void Line(int number, string text) =>
            log.Raw($"luat_sms_nw_report_urc {number}:[DIO {number}]: The recv msg: {text}");
    }
}
