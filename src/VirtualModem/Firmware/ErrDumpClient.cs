using System.Globalization;
using System.Text;

using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// errDump (reference §7.3): one UDP packet with the power-on reason at every start, and the error records, which lie
/// in files and survive until the server has answered.
/// </summary>
internal sealed class ErrDumpClient : IControlUser
{
    public const string SystemFile = "/\u00AAserr";
    public const string UserFile = "/\u00AAuerr";
    public const int RecordLimit = 4096;
    public const string DefaultHost = "dev_msg1.openluat.com";
    public const int DefaultPort = 12_425;

    private const int Tries = 3;
    private const string Tag = "errDump";

    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly FileSystem _files;
    private readonly Func<Facts> _facts;
    private readonly Alarm _upload;
    private readonly Alarm _connectTimeout;
    private readonly Alarm _replyTimeout;
    private NetworkControl? _control;
    private ReadOnlyMemory<byte> _packet;
    private bool _reasonReported;
    private int _tries;

    public ErrDumpClient(Board board, NetworkStack stack, FileSystem files, Func<Facts> facts)
    {
        _board = board;
        _stack = stack;
        _files = files;
        _facts = facts;
        _upload = board.NewAlarm(OnUploadDue);
        _connectTimeout = board.NewAlarm(GiveUp);
        _replyTimeout = board.NewAlarm(OnReplyTimeout);
    }

    /// <summary>What the packet tells of the module and its script.</summary>
    public sealed record Facts(string Project, string Version, string Imei, int PowerOnReason);

    public bool Enabled { get; private set; }
    public TimeSpan Period { get; private set; } = TimeSpan.FromSeconds(600);
    public string UserFlag { get; private set; } = "";
    public string CustomId { get; private set; } = "";
    public string Host { get; private set; } = DefaultHost;
    public int Port { get; private set; } = DefaultPort;

    /// <summary>errDump.config.</summary>
    public void Configure(bool enabled, long periodSeconds, string userFlag, string customId, string host, int port)
    {
        Enabled = enabled;
        Period = TimeSpan.FromSeconds(periodSeconds);
        (UserFlag, CustomId, Host, Port) = (userFlag, customId, host, port);
        if (!enabled)
        {
            _upload.Cancel();
            Release();
            return;
        }

        _upload.Set(_board.Now + _board.Parameters.ErrDumpDelay);
    }

    /// <summary>The VM-exit message, kept only where errDump is on.</summary>
    public void RecordSystem(ReadOnlySpan<byte> message) => Record(SystemFile, message);

    /// <summary>errDump.record.</summary>
    public void RecordUser(ReadOnlySpan<byte> message) => Record(UserFile, message);

    private void Record(string file, ReadOnlySpan<byte> message)
    {
        if (!Enabled) return;
        byte[] whole = [.. _files.Content(file) ?? [], .. message];
        _files.Write(file, whole.Length > RecordLimit ? whole[..RecordLimit] : whole);
        if (_control is null) _upload.Set(_board.Now + _board.Parameters.ErrDumpDelay);
    }

    private bool HasErrors =>
        _files.Content(SystemFile) is { Length: > 0 } || _files.Content(UserFile) is { Length: > 0 };

    private void OnUploadDue()
    {
        if (_control is not null) return;
        if (_reasonReported && !HasErrors)
        {
            _board.Log.Write(LogLevel.Debug, Tag, "no info errdump stop");
            return;
        }

        _control = _stack.Allocate(this);
        if (_control is null)
        {
            _board.Log.Write(LogLevel.Error, Tag, RetryText("no socket, errdump fail"));
            SetRetry();
            return;
        }

        _tries = 0;
        _connectTimeout.Set(_board.Now + _board.Parameters.ErrDumpConnectTimeout);
        _control.Connect(Host, Port);
    }

    void IControlUser.Handle(ControlEvent what, bool failed)
    {
        if (failed)
        {
            Release();
            _board.Log.Write(LogLevel.Error, Tag, RetryText("errdump fail"));
            SetRetry();
            return;
        }

        switch (what)
        {
            case ControlEvent.Online:
                OnOnline();
                break;
            case ControlEvent.Event:
                OnAnswer();
                break;
            default:
                break; // what it does not wait for
        }
    }

    private void OnOnline()
    {
        _connectTimeout.Cancel();
        var facts = _facts();
        var packet = new List<byte>();
        var id = CustomId.Length > 0 ? CustomId : facts.Imei;
        packet.AddRange(Encoding.UTF8.GetBytes(
            $"{facts.Project}_LuatOS-SoC_V1112_EC618,{facts.Version},{id},{UserFlag},\r\n"));
        if (!_reasonReported)
        {
            _board.Log.Raw(PowerOnReasonLine(facts.PowerOnReason));
            packet.AddRange(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"poweron reason:{facts.PowerOnReason}\r\n")));
        }

        packet.AddRange(_files.Content(SystemFile) ?? []);
        packet.AddRange(_files.Content(UserFile) ?? []);
        _packet = packet.ToArray();
        SendPacket();
    }

    private void OnAnswer()
    {
        Span<byte> answer = stackalloc byte[16];
        if (_control!.Receive(answer, out _, out _) is not { } count)
        {
            Release();
            _board.Log.Write(LogLevel.Error, Tag, RetryText("socket rx error, errdump fail"));
            SetRetry();
            return;
        }

        var text = Encoding.UTF8.GetString(answer[..count]);
        if ((count == 8 && text != "{\"r\": 1}") || (count == 2 && text != "OK"))
        {
            _board.Log.Write(LogLevel.Debug, Tag, $"errdump response error {text}");
            _control.WaitEvent();
            return;
        }

        if (count is not (2 or 8)) _board.Log.Write(LogLevel.Debug, Tag, $"errdump response maybe new {text}");
        _board.Log.Write(LogLevel.Debug, Tag, "errdump ok!");
        _reasonReported = true;
        _files.Remove(SystemFile);
        _files.Remove(UserFile);
        Release();
    }

    /// <summary>The line that the chip's layer prints whenever the power-on reason is asked for.</summary>
    public static string PowerOnReasonLine(int reason) =>
        string.Create(CultureInfo.InvariantCulture, $"luat_pm_get_poweron_reason 197:ap {reason},cp 0");

    private void SendPacket()
    {
        _control!.Send(_packet);
        _control.WaitEvent();
        _replyTimeout.Set(_board.Now + _board.Parameters.ErrDumpReplyTimeout);
    }

    private void OnReplyTimeout()
    {
        if (++_tries >= Tries)
        {
            GiveUp();
            return;
        }

        _board.Log.Write(LogLevel.Error, Tag, string.Create(
            CultureInfo.InvariantCulture, $"errdump tx fail {_tries} cnt, retry"));
        SendPacket();
    }

    private void GiveUp()
    {
        Release();
        _board.Log.Write(LogLevel.Error, Tag, RetryText("errdump server connect or tx fail"));
        SetRetry();
    }

    private string RetryText(string what) => string.Create(
        CultureInfo.InvariantCulture, $"{what}, after {(long)Period.TotalSeconds} second retry");

    private void SetRetry()
    {
        if (Period > TimeSpan.Zero) _upload.Set(_board.Now + Period);
    }

    private void Release()
    {
        _connectTimeout.Cancel();
        _replyTimeout.Cancel();
        if (_control is null) return;
        _stack.Free(_control);
        _control = null;
    }
}
