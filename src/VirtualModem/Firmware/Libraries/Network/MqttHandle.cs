using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Mqtt;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>One mqtt object: the client, its Lua value and the one callback.</summary>
internal sealed class MqttHandle(Board board) : IMqttUser
{
    public MqttClient Client { get; set; } = null!;

    /// <summary>What callbacks get; nil after mqttc:close().</summary>
    public LuaValue Self { get; set; }

    public int? SelfReference { get; set; }

    public ScriptCallback Callback { get; } = new();

    public void Raise(MqttEventKind kind, MqttMessage? message = null, int id = 0) =>
        board.Post(new EventMessage(this, kind, message, id));

    private bool HasEvents => FirmwareChange.MqttEvents.IsIn(board.Parameters);

    private LuaValue ErrorCode => FirmwareChange.IntegerDisconnect.IsIn(board.Parameters)
        ? LuaValue.Integer(Client.Error)
        : LuaValue.Float(Client.Error);

    private IEnumerator<NativeStep> Tell(NativeFrame frame, MqttEventKind kind, MqttMessage? message, int id)
    {
        switch (kind)
        {
            case MqttEventKind.PingDue:
                Client.SendPing();
                return NoSteps.Instance;
            case MqttEventKind.ReconnectDue:
                Client.Reconnect();
                return NoSteps.Instance;
            case MqttEventKind.ConackOverdue:
                return GiveConackUp();
            case MqttEventKind.Suback or MqttEventKind.Unsuback when !HasEvents:
                return NoSteps.Instance;
            case MqttEventKind.Release:
                if (SelfReference is { } self) frame.State.Release(self);
                (SelfReference, Self) = (null, default);
                return NoSteps.Instance;
            default:
                if (!Callback.Function.IsNil) return Call(frame, kind, message, id);
                message?.Free();
                return NoSteps.Instance;
        }
    }

    private IEnumerator<NativeStep> GiveConackUp()
    {
        Client.WarnOfConack();
        if (!Callback.Function.IsNil) yield return NativeStep.Call(Callback.Function, Self, "error", "timeout", 0);
        Client.GiveConackUp();
    }

    private IEnumerator<NativeStep> Call(NativeFrame frame, MqttEventKind kind, MqttMessage? message, int id)
    {
        var state = frame.State;
        switch (kind)
        {
            case MqttEventKind.Conack:
                yield return NativeStep.Call(Callback.Function, Self, "conack");
                if (HasEvents) break;
                if (SystemTopicMessage.Publish(state, "MQTT_CONNACK", Self) is { } connected) yield return connected;
                break;
            case MqttEventKind.Recv:
                yield return NativeStep.Call(
                    Callback.Function, Self, "recv", state.NewString(message!.Topic), state.NewString(message.Payload),
                    FlagsOf(state, message));
                message.Free();
                break;
            case MqttEventKind.Sent:
                yield return NativeStep.Call(Callback.Function, Self, "sent", id);
                break;
            case MqttEventKind.Disconnect:
                yield return NativeStep.Call(Callback.Function, Self, "disconnect", ErrorCode);
                if (HasEvents) break;
                // The callback may have connected again, which forgets the code.
                var left = ErrorCode;
                if (SystemTopicMessage.Publish(state, "MQTT_DISCONNECT", Self, left) is { } lost) yield return lost;
                break;
            case MqttEventKind.Suback:
                yield return NativeStep.Call(Callback.Function, Self, "suback", id <= 2, id);
                break;
            case MqttEventKind.Unsuback:
                yield return NativeStep.Call(Callback.Function, Self, "unsuback");
                break;
            case MqttEventKind.Error:
                var name = ((MqttFailure)id).ToString().ToLowerInvariant();
                var reason = id == (int)MqttFailure.Conack ? Client.Error : 0;
                yield return NativeStep.Call(Callback.Function, Self, "error", name, reason);
                break;
            case MqttEventKind.Pong:
                yield return NativeStep.Call(Callback.Function, Self, "pong");
                if (SystemTopicMessage.Publish(state, "MQTT_PONG", Self) is { } answered) yield return answered;
                break;
            case MqttEventKind.Close:
                yield return NativeStep.Call(Callback.Function, Self, "close");
                break;
            default:
                throw new InvalidOperationException($"No callback for {kind}.");
        }
    }

    /// <summary>
    /// V1112 reads them from the receive buffer now: they are those of the packet that came last.
    /// </summary>
    private LuaTable FlagsOf(LuaState state, MqttMessage message)
    {
        var isOwn = FirmwareChange.MessageFlags.IsIn(board.Parameters);
        var first = isOwn ? message.FirstByte : Client.FirstByte;
        var flags = state.NewTable(0, isOwn ? 4 : 3);
        if (isOwn) flags["message_id"] = (int)message.Id;
        flags["qos"] = MqttPacket.QosOf(first);
        flags["retain"] = first & 0x01;
        flags["dup"] = isOwn && (first & 0x08) != 0 ? 1 : first & 0x08;
        return flags;
    }

    private sealed class EventMessage(MqttHandle handle, MqttEventKind kind, MqttMessage? message, int id)
        : IMailboxMessage
    {
        public IEnumerator<NativeStep> Deliver(NativeFrame frame) => handle.Tell(frame, kind, message, id);

        public override string ToString() => $"mqtt {kind}";
    }
}
