using System.Globalization;

using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Mqtt;

/// <summary>Who takes the client's events to the mailbox.</summary>
internal interface IMqttUser
{
    /// <param name="kind">What happened.</param>
    /// <param name="message">Of <see cref="MqttEventKind.Recv"/>.</param>
    /// <param name="id">Of <see cref="MqttEventKind.Sent"/>; a code of others.</param>
    void Raise(MqttEventKind kind, MqttMessage? message = null, int id = 0);
}

/// <summary>
/// V1112's MQTT client: no supervision of the broker, no repetition of what was not acknowledged, no back-off
/// (reference-net §3, L:components/network/libemqtt/luat_mqtt_client.c).
/// </summary>
internal sealed class MqttClient : IControlUser
{
    public const string Tag = "mqtt";

    /// <summary>Bytes of the receive buffer where the script does not say otherwise.</summary>
    public const uint DefaultBuffer = (32 * 1024) + 4;

    private const int BufferSpare = 4;
    private const int ReadBytes = 1024;
    private const int DefaultKeepAlive = 240;
    private const int DefaultConackSeconds = 30;
    private const int DisconnectPacket = -2;

    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly IMqttUser _user;
    private readonly ServiceTimer _ping;
    private readonly ServiceTimer _reconnect;
    private readonly Alarm _conackDue;
    private NetworkControl? _control;
    private string _host = "";
    private int _port;
    private uint _bufferSize = DefaultBuffer;
    private byte[]? _buffer;
    private uint _filled;
    private bool _reconnects;
    private uint _reconnectMs;

    private MqttClient(Board board, NetworkStack stack, IMqttUser user)
    {
        _board = board;
        _stack = stack;
        _user = user;
        Settings = new MqttSettings(board, stack.Heap);
        _ping = board.NewTimer(() => _user.Raise(MqttEventKind.PingDue));
        _reconnect = board.NewTimer(() => _user.Raise(MqttEventKind.ReconnectDue));
        _conackDue = board.NewAlarm(() => _user.Raise(MqttEventKind.ConackOverdue));
    }

    public MqttSettings Settings { get; }
    public MqttState State { get; private set; }
    public string Scheme => "mqtt";

    /// <summary>
    /// What "disconnect" tells: 0 after a loss, the code of a CONNACK that refused, -2 after a DISCONNECT packet.
    /// </summary>
    public int Error { get; private set; }

    /// <summary>Seconds, 15 to 600; it counts from the next connect.</summary>
    public int KeepAlive { get; set; } = DefaultKeepAlive;

    /// <summary>How long V1118 and later wait for the CONNACK, 5 to 120 s, from the connect on.</summary>
    public int ConackSeconds { get; set; } = DefaultConackSeconds;

    /// <summary>After mqttc:close().</summary>
    public bool IsClosed => _control is null;

    /// <summary>The first byte of the receive buffer, from where the firmware takes the flags of a message.</summary>
    public byte FirstByte => _buffer is null ? (byte)0 : _buffer[0];

    /// <summary>The control block of mqtt.create; null where there is no such adapter or no socket is free.</summary>
    public static MqttClient? Create(Board board, NetworkStack stack, int adapter, IMqttUser user)
    {
        var client = new MqttClient(board, stack, user);
        if (stack.Allocate(client, adapter) is { } control)
        {
            client._control = control;
            control.IsTcp = true;
            return client;
        }

        board.Log.Write(LogLevel.Warn, Tag, "network_alloc_ctrl fail");
        board.Log.Write(LogLevel.Error, Tag, "mqtt init FAID ret -1");
        return null;
    }

    /// <summary>The rest of mqtt.create; false: a certificate cannot be read, and the client is given back.</summary>
    public bool Configure(string host, int port, MqttTls? tls, uint bufferSize)
    {
        (_host, _port, _bufferSize) = (host, port & 0xFFFF, bufferSize);
        Settings.CheckHost(host.Length);
        if (tls is null) return true;
        _control!.Tls.TurnOn(tls.Verifies);
        var refused = tls.Authorities is { } known && !_control.SetAuthorities(known) ? "server"
            : tls.Identity is { } own && !_control.SetIdentity(own) ? "client" : null;
        if (refused is null) return true;
        _board.Log.Write(LogLevel.Error, Tag, $"network_set_{refused}_cert error");
        _board.Log.Write(LogLevel.Error, Tag, "设置mqtt参数失败");
        Release();
        return false;
    }

    /// <summary>mqttc:debug.</summary>
    public void SetDebug(bool on) => _control!.IsDebug = on;

    /// <param name="enabled">Null: as it was.</param>
    /// <param name="delayMs">At least 1000 where it reconnects.</param>
    public void SetAutoReconnect(bool? enabled, uint delayMs)
    {
        _reconnects = enabled ?? _reconnects;
        _reconnectMs = _reconnects ? Math.Max(delayMs, LeastReconnectMs) : delayMs;
    }

    private const uint LeastReconnectMs = 1000;

    /// <summary>
    /// mqttc:connect(); false only where the receive buffer finds no memory: a refusal of the network layer is lost in
    /// a comparison, and the state says "connecting" all the same.
    /// </summary>
    public bool Connect()
    {
        if (TryConnect()) return true;
        _board.Log.Write(LogLevel.Error, Tag, "socket connect ret=-1\n");
        CloseSocket();
        return false;
    }

    /// <summary>The Lua task handles <see cref="MqttEventKind.ReconnectDue"/>.</summary>
    public void Reconnect()
    {
        _filled = 0;
        if (FirmwareChange.ConackTimeout.IsIn(_board.Parameters))
        {
            _board.Log.Write(LogLevel.Info, Tag, $"mqtt reconnecting... {_host} {_port}");
        }

        if (TryConnect()) return;
        _board.Log.Write(LogLevel.Info, Tag, "reconnect init socket ret=-1\n");
        CloseSocket();
    }

    private bool TryConnect()
    {
        Error = 0;
        if (_buffer is null)
        {
            if (!_stack.Heap.TryAllocate((long)_bufferSize + BufferSpare)) return false;
            _buffer = new byte[_bufferSize + BufferSpare];
        }

        Array.Clear(_buffer);
        Settings.KeepAlive = (ushort)KeepAlive;
        _control?.Connect(_host, _port);
        State = MqttState.Connecting;
        if (FirmwareChange.ConackTimeout.IsIn(_board.Parameters))
        {
            _conackDue.Set(_board.Now + TimeSpan.FromSeconds(ConackSeconds));
        }

        return true;
    }

    /// <summary>The Lua task handles <see cref="MqttEventKind.PingDue"/>.</summary>
    public void SendPing() => Send(MqttPacket.Ping);

    /// <summary>The Lua task handles <see cref="MqttEventKind.ConackOverdue"/>: first the line, then the end.</summary>
    public void WarnOfConack() => _board.Log.Write(
        LogLevel.Warn, Tag, $"connect timeout {_host} {_port}!! expect conack in {ConackSeconds}s");

    /// <summary>The rest of it.</summary>
    public void GiveConackUp() => CloseSocket();

    /// <summary>mqttc:disconnect(); what reconnects by itself does so after this, too.</summary>
    public void Disconnect()
    {
        Send(MqttPacket.Goodbye);
        CloseSocket();
    }

    /// <summary>The last part of mqttc:close(): everything is given back.</summary>
    public void Release()
    {
        _user.Raise(MqttEventKind.Release);
        _ping.Stop();
        _reconnect.Stop();
        _conackDue.Cancel();
        Settings.ForgetWill();
        if (_control is not null) _stack.Free(_control);
        _control = null;
        if (_buffer is not null) _stack.Heap.Free(_buffer.Length);
        _buffer = null;
    }

    /// <summary>mqttc:publish; null: not sent. QoS 0 has the id 0.</summary>
    public ushort? Publish(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, int qos, bool retain)
    {
        var hasId = qos is 1 or 2;
        var id = hasId ? Settings.NextId : (ushort)0;
        var head = (ushort)topic.Length + 2 + (hasId ? 2 : 0);
        using var headRoom = Room(head > SmallHead ? head : 0);
        if (headRoom is null) return OutOfMemory("var head");
        if (hasId) Settings.NextId++;
        var packet = MqttPacket.WritePublish(topic, payload, qos, retain, id, out var overflows);
        using var packetRoom = Room(packet.Length > MqttPacket.SmallPacket ? packet.Length : 0);
        if (packetRoom is null) return OutOfMemory("publish packet");
        if (overflows) _board.Notice("mqttc:publish: a topic too long; V1112 overwrites its memory here.");
        return Send(packet) ? id : null;
    }

    private const int SmallHead = 64;
    private const int UnsubscribePacket = 1024;

    /// <summary>mqttc:subscribe of one topic; false: not sent. The id counts in any case.</summary>
    public bool Subscribe(ReadOnlySpan<byte> topic, byte qos, out ushort id)
    {
        id = Settings.NextId++;
        var packet = MqttPacket.WriteSubscribe(topic, qos, id);
        if (!_stack.Heap.TryAllocate(topic.Length + 3))
        {
            OutOfMemory("subscribe utf_topic");
            return false;
        }

        if (!_stack.Heap.TryAllocate(packet.Length))
        {
            // What was taken for the topic is never given back.
            OutOfMemory("subscribe packet");
            return false;
        }

        var sent = Send(packet);
        _stack.Heap.Free(topic.Length + 3);
        _stack.Heap.Free(packet.Length);
        return sent;
    }

    /// <summary>mqttc:unsubscribe of one topic; false: not sent. The id counts in any case.</summary>
    public bool Unsubscribe(ReadOnlySpan<byte> topic, out ushort id)
    {
        id = Settings.NextId++;
        var packet = MqttPacket.WriteUnsubscribe(topic, id);
        using var room = Room(topic.Length + 2);
        if (room is null)
        {
            OutOfMemory("subscribe utf_topic");
            return false;
        }

        if (packet.Length > UnsubscribePacket)
        {
            _board.Notice("mqttc:unsubscribe: a topic of over 1018 bytes; V1112 overwrites its stack here.");
        }

        return Send(packet);
    }

    private ushort? OutOfMemory(string what)
    {
        _board.Log.Write(LogLevel.Error, Tag, $"out of memory when malloc {what}");
        return null;
    }

    /// <summary>System heap for as long as a packet is made; null: there is no room.</summary>
    private HeapRoom? Room(int bytes) => HeapRoom.TryTake(_stack.Heap, bytes);

    void IControlUser.Handle(ControlEvent what, bool failed)
    {
        if (_control is null) return; // The last word of a connection that was closed together with the client.
        if (failed)
        {
            _board.Log.Write(LogLevel.Error, Tag,
                $"mqtt_callback param1 -1, event {ControlWords.NumberOf(what)} closing socket");
            var failure = what switch
            {
                ControlEvent.Online => MqttFailure.Connect,
                ControlEvent.Sent => MqttFailure.Tx,
                _ => MqttFailure.Other,
            };
            if (FirmwareChange.MqttEvents.IsIn(_board.Parameters)) _user.Raise(MqttEventKind.Error, id: (int)failure);
            CloseSocket();
            return;
        }

        switch (what)
        {
            case ControlEvent.Link:
                return;
            case ControlEvent.Online:
                State = MqttState.Greeting;
                Greet();
                break;
            case ControlEvent.Event:
                if (!ReadPackets()) return;
                break;
        }

        if (_control is null || _control.WaitEvent() != NetworkReply.Failed) return;
        _board.Log.Write(LogLevel.Warn, Tag, "network_wait_event ret -1, closing socket");
        CloseSocket();
    }

    private void Greet()
    {
        var packet = Settings.Connect();
        using var room = Room(packet.Length);
        if (room is null) OutOfMemory("connect packet");
        else if (Send(packet) && !FirmwareChange.ConackTimeout.IsIn(_board.Parameters)) StartPings();
    }

    /// <summary>A keep-alive that the script sets later counts from the next start on.</summary>
    private void StartPings() =>
        _ping.Start(TimeSpan.FromMilliseconds(KeepAlive * 1000 * 3 / 4), repeats: true);

    private bool Send(ReadOnlyMemory<byte> packet)
    {
        if (_control is not null && _control.Send(packet) != NetworkReply.Failed) return true;
        _board.Log.Write(LogLevel.Warn, Tag, "network_tx ret -1, closing socket");
        CloseSocket();
        return false;
    }

    private void CloseSocket()
    {
        _board.Log.Write(LogLevel.Info, Tag,
            $"mqtt closing socket netc:{_control?.Address ?? 0:X8} mqtt_state:{(int)State}");
        _filled = 0;
        if (State == MqttState.Disconnected) return;
        State = MqttState.Disconnected;
        if (_control is not null)
        {
            _control.Close();
            _user.Raise(MqttEventKind.Disconnect);
        }

        _ping.Stop();
        _conackDue.Cancel();
        if (_reconnects && _reconnectMs > 0) _reconnect.Start(TimeSpan.FromMilliseconds(_reconnectMs));
        else _user.Raise(MqttEventKind.Close);
    }

    /// <summary>Takes what has come; false: the connection is closed.</summary>
    private bool ReadPackets()
    {
        var control = _control!;
        var waiting = control.Readable ?? 0;
        if (waiting > _bufferSize - _filled)
        {
            return Refuse(string.Create(CultureInfo.InvariantCulture, $"too many data wait for recv {waiting}"));
        }

        if (waiting == 0 && !control.Tls.IsOn)
        {
            _board.Log.Write(LogLevel.Warn, Tag, "rx event but NO data wait for recv");
            return true;
        }

        if (_bufferSize == _filled) return Refuse("buff is FULL, mqtt packet too big");
        while (_buffer is not null && _filled < _bufferSize)
        {
            var room = (int)Math.Min(ReadBytes, _bufferSize - _filled);
            var count = control.Receive(_buffer.AsSpan((int)_filled, room), out _, out _) ?? 0;
            if (count == 0) break;
            _filled += (uint)count;
            if (HandlePackets()) continue;
            _board.Log.Write(LogLevel.Warn, Tag, "mqtt_parse ret -1, closing socket");
            CloseSocket();
            return false;
        }

        return true;
    }

    private bool Refuse(string text)
    {
        _board.Log.Write(LogLevel.Error, Tag, text);
        CloseSocket();
        return false;
    }

    /// <summary>Handles the packets that are whole; false: one of them ends the connection.</summary>
    private bool HandlePackets()
    {
        while (_buffer is not null && _filled >= 2)
        {
            var bytes = MqttPacket.LengthBytes(_buffer);
            if (_filled < Math.Min(bytes + 1, 4)) return true;
            var length = MqttPacket.ReadLength(_buffer);
            if (length > unchecked(_filled - (uint)bytes - 1)) return true;
            if (!HandlePacket())
            {
                _board.Log.Write(LogLevel.Warn, Tag, "bad mqtt packet!! ret -1");
                return false;
            }

            var size = 1 + (uint)bytes + length;
            if (size > _filled)
            {
                _board.Notice("mqtt: the receive buffer was emptied under a packet; V1112 overwrites its memory here.");
                _filled = 0;
                return true;
            }

            _filled -= size;
            _buffer.AsSpan((int)size, (int)_filled).CopyTo(_buffer);
        }

        return true;
    }

    /// <summary>What the first packet in the buffer asks for; false: the broker refuses.</summary>
    private bool HandlePacket()
    {
        var packet = _buffer!;
        switch (MqttPacket.TypeOf(packet[0]))
        {
            case MqttPacket.Connack when packet[3] != 0:
                _board.Log.Write(LogLevel.Warn, Tag, $"CONACK 0x{packet[3]:x2}");
                Error = (sbyte)packet[3];
                CloseSocket();
                if (!FirmwareChange.MqttEvents.IsIn(_board.Parameters)) return false;
                _user.Raise(MqttEventKind.Error, id: (int)MqttFailure.Conack);
                return false;
            case MqttPacket.Connack:
                State = MqttState.Ready;
                _user.Raise(MqttEventKind.Conack);
                _conackDue.Cancel();
                if (FirmwareChange.ConackTimeout.IsIn(_board.Parameters)) StartPings();
                break;
            case MqttPacket.Suback:
                _user.Raise(MqttEventKind.Suback, id: packet[4]);
                break;
            case MqttPacket.Unsuback:
                _user.Raise(MqttEventKind.Unsuback);
                break;
            case MqttPacket.Publish:
                TakeMessage(packet);
                break;
            case MqttPacket.Puback:
            case MqttPacket.Pubcomp:
                _user.Raise(MqttEventKind.Sent, id: MqttPacket.ReadId(packet));
                break;
            case MqttPacket.Pubrec:
                Send(MqttPacket.Answer(MqttPacket.Pubrel, MqttPacket.ReadId(packet)));
                break;
            case MqttPacket.Pubrel:
                Send(MqttPacket.Answer(MqttPacket.Pubcomp, MqttPacket.ReadId(packet)));
                break;
            case MqttPacket.PingAnswer when FirmwareChange.Pong.IsIn(_board.Parameters):
                _user.Raise(MqttEventKind.Pong);
                break;
            case MqttPacket.Disconnect:
                Error = DisconnectPacket;
                break;
        }

        return true;
    }

    /// <summary>Hands a message over and answers it, before Lua has seen it.</summary>
    private void TakeMessage(ReadOnlySpan<byte> packet)
    {
        var (topicAt, topicLength, payloadAt, payloadLength) = MqttPacket.ReadPublish(packet);
        var fits = topicAt + topicLength <= packet.Length && payloadLength <= packet.Length - payloadAt;
        var message = fits
            ? MqttMessage.TryKeep(_stack.Heap, packet.Slice(topicAt, topicLength),
                packet.Slice(payloadAt, (int)payloadLength), packet[0], MqttPacket.ReadId(packet))
            : null;
        if (message is null)
        {
            _board.Notice("mqtt: no memory for a message, or one with wrong lengths; V1112 crashes here.");
            return;
        }

        _user.Raise(MqttEventKind.Recv, message);
        var qos = MqttPacket.QosOf(packet[0]);
        if (qos == 1) Send(MqttPacket.Answer(MqttPacket.Puback, MqttPacket.ReadId(packet)));
        else if (qos == 2) Send(MqttPacket.Answer(MqttPacket.Pubrec, MqttPacket.ReadId(packet)));
    }
}
