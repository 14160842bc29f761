using System.Buffers.Binary;

using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// V1112's SNTP client, with its faults in the counting of milliseconds (reference-net §6.2, luat_sntp.c): one server
/// after the other, 2 s each, over one control that it takes from the pool while it runs.
/// </summary>
internal sealed class SntpClient : IControlUser
{
    public const string Tag = "sntp";
    public const int ServerCount = 3;

    /// <summary>Bytes for a server's name, with the final zero.</summary>
    public const int NameBuffer = 32;

    private const int PacketBytes = 48;
    private const int AnswerBytes = 44;
    private const int DelayCount = 8;

    /// <summary>From 1900 to 1970, seconds; and the same modulo 2^32, the other way.</summary>
    private const uint UnixEpoch = 0x83AA_7E80;

    private const uint UnixEpochWrapped = 0x7C55_8180;

    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly Clock.Calendar _calendar;
    private readonly ServiceTimer _timeout;
    private readonly string[] _servers = ["ntp.aliyun.com", "ntp.ntsc.ac.cn", "time1.cloud.tencent.com"];
    private readonly uint[] _delays = new uint[DelayCount];
    private NetworkControl? _control;
    private int _next;
    private ulong _startSeconds;
    private int _startMs;
    private uint _delayMs;

    public SntpClient(Board board, NetworkStack stack, Clock.Calendar calendar)
    {
        (_board, _stack, _calendar) = (board, stack, calendar);
        _timeout = board.NewTimer(OnTimeout);
    }

    /// <summary>What the handler in the Lua task is asked to do.</summary>
    private enum Outcome
    {
        Updated,
        Failed,
        TimedOut,
    }

    /// <summary>What socket.ntptm tells.</summary>
    /// <param name="Seconds">Of Unix time.</param>
    /// <param name="StartSeconds">Unix time of the module's start.</param>
    public readonly record struct SntpTime(
        uint DelayMs, long StartSeconds, int StartMs, long Seconds, long Ms, long UpSeconds, long UpMs, bool IsValid);

    public bool IsRunning { get; private set; }
    public string Scheme => "ntp";
    public int Port { get; set; } = 123;

    public void SetServer(int slot, string name) => _servers[slot] = name;

    public void Start(int adapter)
    {
        if (adapter is < 0 or > AdapterNumber.Last || !Open(adapter)) _board.Post(new Message(this, Outcome.Failed));
    }

    public SntpTime Now()
    {
        var (upSeconds, upMs) = UpTime();
        var tmp = unchecked(((upSeconds + _startSeconds) * 1000) + upMs + (ulong)_startMs);
        return new SntpTime(
            _delayMs, (int)_startSeconds, _startMs, (int)(tmp / 1000), (long)(tmp % 1000), (long)upSeconds,
            (long)upMs, _startSeconds > 0);
    }

    void IControlUser.Handle(ControlEvent what, bool failed)
    {
        if (!IsRunning) return;
        switch (what)
        {
            case ControlEvent.Link:
                return;
            case ControlEvent.Online:
                if (_control!.Send(Request()) == NetworkReply.Failed)
                {
                    _board.Log.Write(LogLevel.Info, Tag, "请求包传输失败!!");
                    TryNext(Outcome.Failed);
                    return;
                }

                break;
            case ControlEvent.Event:
                TakeAnswer();
                return;
        }

        if (failed || _control!.WaitEvent() == NetworkReply.Failed) TryNext(Outcome.Failed);
    }

    private bool Open(int adapter)
    {
        _control = _stack.Allocate(this, adapter);
        if (_control is null)
        {
            _board.Log.Write(LogLevel.Error, Tag, "network_alloc_ctrl fail");
            return false;
        }

        IsRunning = true;
        return Query();
    }

    private bool Query()
    {
        if (_next >= ServerCount) return false;
        var server = _servers[_next++];
        _board.Log.Write(LogLevel.Debug, Tag, $"query {server}");
        if (_control!.Connect(server, Port) == NetworkReply.Failed)
        {
            _board.Log.Write(LogLevel.Debug, Tag, "network_connect ret -1");
            return false;
        }

        _timeout.Start(_board.Parameters.SntpTimeout);
        return true;
    }

    private void OnTimeout()
    {
        _board.Log.Write(LogLevel.Warn, Tag, "timeout send ntp_error");
        _board.Post(new Message(this, Outcome.TimedOut));
    }

    /// <summary>luat_ntp_on_result for a failure: the next server, or the end.</summary>
    private void TryNext(Outcome outcome)
    {
        if (_control is not null && _next < ServerCount)
        {
            if (_next > 0) _control.Close();
            if (_timeout.IsSet)
            {
                _board.Log.Write(LogLevel.Debug, Tag, "timer在运行, 关闭之");
                _timeout.Stop();
            }

            _board.Log.Write(LogLevel.Debug, Tag, "前一个ntp服务器未响应,尝试下一个");
            if (Query()) return;
            _board.Log.Write(LogLevel.Debug, Tag, "luat_sntp_connect -1");
        }

        _board.Post(new Message(this, outcome));
    }

    /// <summary>The packet: the mode, and from the second synchronisation on the module's own time.</summary>
    private byte[] Request()
    {
        var packet = new byte[PacketBytes];
        packet[0] = 0x1B;
        if (_startSeconds == 0) return packet;
        var (upSeconds, upMs) = UpTime();
        var ms = unchecked(((_startSeconds + upSeconds) * 1000) + (ulong)_startMs + upMs + _delayMs);
        BinaryPrimitives.WriteUInt32BigEndian(
            packet.AsSpan(40), unchecked((uint)((ms / 1000) - UnixEpochWrapped)));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(44), unchecked((uint)(ms % 1000 * 1000 * 4295)));
        return packet;
    }

    private void TakeAnswer()
    {
        var (upSeconds, upMs) = UpTime();
        var packet = new byte[PacketBytes];
        var count = _control!.Receive(packet, out _, out _);
        if (count is not >= AnswerBytes)
        {
            _board.Log.Write(LogLevel.Info, Tag, $"响应包不合法 result {(count is null ? -1 : 0)} rx_len {count ?? 0}");
            return;
        }

        var time = Seconds(packet.AsSpan(40));
        _calendar.Set(DateTimeOffset.FromUnixTimeSeconds(time), _board.Now);
        Measure(packet, (uint)upSeconds, (uint)upMs);
        _board.Log.Write(
            LogLevel.Debug, Tag, $"Unix timestamp: {(int)time}");
        _board.Post(new Message(this, Outcome.Updated));
    }

    /// <summary>Keeps the module's start in Unix time, and the mean delay of the way.</summary>
    private void Measure(ReadOnlySpan<byte> packet, uint upSeconds, uint upMs)
    {
        var asked = Seconds(packet[24..]);
        var up = Milliseconds(packet[32..]) - Milliseconds(packet[24..]);
        var own = unchecked(((_startSeconds & uint.MaxValue) + upSeconds) * 1000);
        var down = (long)own + _startMs + upMs - Milliseconds(packet[40..]);
        var difference = unchecked((int)(up + down)) / 2;
        var answeredMs = (uint)(Milliseconds(packet[40..]) % 1000);
        _startSeconds = unchecked(Seconds(packet[40..]) - upSeconds);
        if (answeredMs < upMs)
        {
            _startSeconds = unchecked(_startSeconds - 1);
            _startMs = (int)(upMs - answeredMs);
        }
        else
        {
            _startMs = (int)(answeredMs - upMs);
        }

        if (asked == 0) return;
        if (_delayMs == 0)
        {
            Array.Fill(_delays, unchecked((uint)difference));
        }
        else
        {
            Array.Copy(_delays, 1, _delays, 0, DelayCount - 1);
            _delays[^1] = unchecked((uint)difference);
        }

        var sum = 0;
        foreach (var delay in _delays) sum = unchecked(sum + (int)delay);
        var mean = Math.Max(sum, 0) / DelayCount;
        _board.Log.Write(LogLevel.Debug, Tag, $"修正网络延时(ms) {_delayMs} -> {mean}");
        _delayMs = (uint)mean;
    }

    private (ulong Seconds, ulong Ms) UpTime()
    {
        var ms = (ulong)(_board.Clock.Tick.Ticks / TimeSpan.TicksPerMillisecond);
        return (ms / 1000, ms % 1000);
    }

    /// <summary>Unix time of an NTP timestamp, whose seconds begin in 1900 and again in 2036; 0 stays 0.</summary>
    private static uint Seconds(ReadOnlySpan<byte> timestamp)
    {
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(timestamp);
        if (seconds == 0) return 0;
        return unchecked(seconds > UnixEpoch ? seconds - UnixEpoch : seconds + UnixEpochWrapped);
    }

    private static long Milliseconds(ReadOnlySpan<byte> timestamp) =>
        ((long)Seconds(timestamp) * 1000) + (BinaryPrimitives.ReadUInt32BigEndian(timestamp[4..]) / 4295 / 1000);

    /// <summary>ntp_cleanup.</summary>
    private void CleanUp()
    {
        IsRunning = false;
        _timeout.Stop();
        if (_control is not null) _stack.Free(_control);
        _control = null;
        _next = 0;
    }

    /// <summary>An outcome on its way through the mailbox.</summary>
    private sealed class Message(SntpClient client, Outcome outcome) : IMailboxMessage
    {
        public override string ToString() => $"sntp {outcome}";

        public IEnumerator<NativeStep> Deliver(NativeFrame frame)
        {
            if (outcome == Outcome.TimedOut)
            {
                client.TryNext(Outcome.Failed);
                yield break;
            }

            client.CleanUp();
            var isTold = outcome == Outcome.Updated && FirmwareChange.TimeSource.IsIn(client._board.Parameters);
            LuaValue[] source = isTold ? [0] : [];
            var topic = outcome == Outcome.Updated ? "NTP_UPDATE" : "NTP_ERROR";
            if (SystemTopicMessage.Publish(frame.State, topic, source) is { } step) yield return step;
        }
    }
}
