using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Http;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>One request between its client and Lua: the function for its progress, and who waits for it.</summary>
internal sealed class HttpHandle(Board board) : IHttpUser
{
    [Guess("A GET into a zbuff gives as body a string of what lies at address 0 of the chip. No source tells what " +
        "that is.")]
    private const byte ByteAtAddressZero = 0;

    private LuaValue _callback;
    private LuaValue _userData;
    private int? _callbackReference;
    private int? _userDataReference;

    public HttpExchange Client { get; set; } = null!;

    /// <summary>Of the object that the script got; 0: it got none.</summary>
    public long WaitId { get; set; }

    public void SetCallback(LuaState state, LuaFunction callback, LuaValue userData)
    {
        (_callback, _userData) = (callback, userData);
        _callbackReference = state.Reference(callback);
        if (!userData.IsNil) _userDataReference = state.Reference(userData);
    }

    public void Raise(HttpOutcome outcome, int bodyBytes) => board.Post(new EventMessage(this, outcome, bodyBytes));

    private IEnumerator<NativeStep> Tell(NativeFrame frame, HttpOutcome outcome, int bodyBytes)
    {
        if (Client.IsFreed)
        {
            const string what = "http: a request ends a second time";
            board.Notice($"{what}: V1112 reads freed memory here.");
            throw frame.State.ErrorHere($"{what} (V1112 crashes here)");
        }

        Client.StopTimeout();
        if (outcome == HttpOutcome.Progress)
        {
            yield return NativeStep.Call(_callback, Client.ContentLength, bodyBytes, _userData);
            yield break;
        }

        var isUpdateFailed = outcome == HttpOutcome.UpdateFailed;
        var publish = outcome == HttpOutcome.Success || isUpdateFailed
            ? WaitObject.Publish(
                frame.State, WaitId, isUpdateFailed ? (int)outcome : Client.StatusCode, HeadersOf(frame.State),
                BodyOf(frame.State))
            : WaitObject.Publish(frame.State, WaitId, (int)outcome);
        if (publish is { } step) yield return step;
        if (_callbackReference is { } callback) frame.State.Release(callback);
        if (_userDataReference is { } userData) frame.State.Release(userData);
        Client.Free();
    }

    /// <summary>A later line of the same name wins. A value whose second byte is a space loses its first.</summary>
    private LuaTable HeadersOf(LuaState state)
    {
        var headers = state.NewTable();
        var lines = Client.Headers;
        while (!lines.IsEmpty)
        {
            var colon = lines.IndexOf((byte)':');
            if (colon < 0)
            {
                const string what = "http: a header that goes on in a line without a colon";
                board.Notice($"{what}: V1112 follows a null pointer here.");
                throw state.ErrorHere($"{what} (V1112 crashes here)");
            }

            var start = colon + 1;
            if (start + 1 < lines.Length && lines[start + 1] == ' ') start++;
            var end = start + lines[start..].IndexOf("\r\n"u8);
            headers[state.NewString(lines[..(start - 1)].ToArray())] =
                state.NewString(lines[start..end].ToArray());
            lines = lines[(end + 2)..];
        }

        return headers;
    }

    private LuaValue BodyOf(LuaState state)
    {
        if (Client.HasFile || Client.HasUpdate) return Client.BodyBytes;
        if (Client.Body.Length == Client.BodyBytes) return state.NewString(Client.Body.ToArray());
        board.Notice("http: the body is not in memory of its own; V1112 gives a string of what lies at address 0.");
        return state.NewString([.. Enumerable.Repeat(ByteAtAddressZero, Client.BodyBytes)]);
    }

    private sealed class EventMessage(HttpHandle handle, HttpOutcome outcome, int bodyBytes) : IMailboxMessage
    {
        public IEnumerator<NativeStep> Deliver(NativeFrame frame) => handle.Tell(frame, outcome, bodyBytes);

        public override string ToString() => $"http {outcome}";
    }
}
