using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// What a script's socket is behind its userdata (luat_socket_ctrl_t): the control, until it is released, and who is
/// told of its events. Nothing but the script keeps it alive.
/// </summary>
internal sealed class SocketObject(Board board) : IControlUser
{
    /// <summary>Null once it is released.</summary>
    public NetworkControl? Control { get; set; }

    /// <summary>The address of the userdata: the first argument of callbacks.</summary>
    public LightUserdata Pointer { get; set; } = LightUserdata.Null;

    /// <summary>The reference that keeps the callback alive; null without one.</summary>
    public int? Callback { get; set; }

    /// <summary>The task that gets messages; null without one.</summary>
    public LuaString? TaskName { get; set; }

    void IControlUser.Handle(ControlEvent what, bool failed) => board.Post(new Message(this, what, failed));

    /// <summary>An event on its way through the mailbox.</summary>
    private sealed class Message(SocketObject socket, ControlEvent what, bool failed) : IMailboxMessage
    {
        private readonly LuaValue _what = LuaValue.Integer((int)what);
        private readonly LuaValue _param = LuaValue.Integer(failed ? -1 : 0);

        public override string ToString() => $"socket {what}";

        /// <summary>After a release there are no callbacks.</summary>
        public IEnumerator<NativeStep> Deliver(NativeFrame frame)
        {
            frame.Return(0);
            if (socket.Control is { } control && Step(frame.State, control) is { } step) yield return step;
        }

        private NativeStep? Step(LuaState state, NetworkControl control)
        {
            if (socket.Callback is { } reference)
            {
                return NativeStep.Call(state.Dereference(reference), socket.Pointer, _what, _param);
            }

            if (socket.TaskName is { } name)
            {
                var send = state.Globals["sys_send"];
                return send.AsFunction is null ? null : NativeStep.Call(send, name, _what, _param);
            }

            return SystemTopicMessage.Publish(
                state, "NWCTRL*", AdapterNumber.Cellular, LuaValue.Integer(control.SocketId), _what, _param);
        }
    }
}
