using System.Buffers.Binary;

using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Mqtt;

/// <summary>What a client tells the broker when it connects, and the counter of its packets.</summary>
internal sealed class MqttSettings(Board board, SystemHeap heap)
{
    private const int TextBuffer = 192;
    private const int LongestHostInBuffer = TextBuffer - 1;
    private const int WillHeader = 4;
    private const ushort AuthKeepAlive = 300;

    /// <summary>Client id, user and password, one after the other; each goes on to the first zero.</summary>
    private readonly byte[] _texts = new byte[(2 * TextBuffer) + PasswordBuffer(board)];
    private byte[]? _will;
    private byte _willQos;
    private bool _willRetain;

    /// <summary>Seconds, as the CONNECT packet has them.</summary>
    public ushort KeepAlive { get; set; }

    public bool CleanSession { get; private set; }

    /// <summary>The next packet's id: 0 until <see cref="SetTexts"/>, 16 bits.</summary>
    public ushort NextId { get; set; }

    /// <summary>A host that does not fit its buffer.</summary>
    public void CheckHost(int length)
    {
        if (length > LongestHostInBuffer) TellOverflow("mqtt.create: a host");
    }

    /// <summary>mqttc:auth. Between connect and the CONNECT packet it also takes the keep-alive away.</summary>
    public void SetTexts(ReadOnlySpan<byte> id, ReadOnlySpan<byte> user, ReadOnlySpan<byte> password, bool clean)
    {
        (NextId, KeepAlive) = (1, AuthKeepAlive);
        CleanSession = clean;
        Array.Clear(_texts);
        Place(0, id, end: false);
        if (!user.IsEmpty) Place(TextBuffer, user, end: true);
        if (!password.IsEmpty) Place(2 * TextBuffer, password, end: true);
        if (Math.Max(id.Length, user.Length) >= TextBuffer || password.Length >= PasswordBuffer(board))
        {
            TellOverflow("mqttc:auth: a text");
        }
    }

    /// <summary>mqttc:will; false: no system heap.</summary>
    public bool SetWill(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos, bool retain)
    {
        ForgetWill();
        if (!heap.TryAllocate(topic.Length + payload.Length + WillHeader)) return false;
        _will =
        [
            (byte)(topic.Length >> 8), (byte)topic.Length, .. topic, (byte)(payload.Length >> 8), (byte)payload.Length,
            .. payload,
        ];
        _willQos = qos > 2 ? (byte)0 : qos;
        _willRetain = retain;
        return true;
    }

    public void ForgetWill()
    {
        if (_will is not null) heap.Free(_will.Length);
        _will = null;
    }

    /// <summary>The CONNECT packet; its length is of 16 bits.</summary>
    public byte[] Connect()
    {
        var (id, user, password) = (Text(0), Text(TextBuffer), Text(2 * TextBuffer));
        var flags = (user.Length > 0 ? 0x80 : 0) | (password.Length > 0 ? 0x40 : 0) | (CleanSession ? 0x02 : 0);
        if (_will is not null) flags |= 0x04 | (_willRetain ? 0x20 : 0) | (_willQos << 3);
        byte[] body =
        [
            0, 4, .. "MQTT"u8, 4, (byte)flags, (byte)(KeepAlive >> 8), (byte)KeepAlive, .. WithLength(id),
            .. _will ?? [], .. user.Length > 0 ? WithLength(user) : [],
            .. password.Length > 0 ? WithLength(password) : [],
        ];
        return [0x10, .. MqttPacket.Length((ushort)body.Length), .. body];
    }

    /// <summary>From V1114 on there is more room for it (73667197b).</summary>
    private static int PasswordBuffer(Board board) =>
        FirmwareChange.CheckedAuth.IsIn(board.Parameters) ? 512 : TextBuffer;

    private void Place(int at, ReadOnlySpan<byte> text, bool end)
    {
        var room = _texts.AsSpan(at);
        text[..Math.Min(text.Length, room.Length)].CopyTo(room);
        if (end && text.Length < room.Length) room[text.Length] = 0;
    }

    private byte[] Text(int at)
    {
        var rest = _texts.AsSpan(at);
        var end = rest.IndexOf((byte)0);
        return (end < 0 ? rest : rest[..end]).ToArray();
    }

    private static byte[] WithLength(byte[] text)
    {
        var bytes = new byte[2 + text.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)text.Length);
        text.CopyTo(bytes, 2);
        return bytes;
    }

    private void TellOverflow(string what) => board.Notice(
        $"{what} of {TextBuffer} bytes or more; V1112 overwrites its memory here.");
}
