using System.Globalization;
using System.Text;

using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// errDump (reference §7.3, L:components/network/errdump/luat_lib_errdump.c): one UDP packet with the power-on reason
/// at every start, and the error records, which lie in files and survive until the server has answered.
/// </summary>
internal sealed class ErrDumpClient : IControlUser
{
    private const string DefaultHost = "dev_msg1.openluat.com";
    private const int DefaultPort = 12_425;
    private const int Tries = 3;
    private const int LongestAnswer = 16;
    private const string Tag = "errDump";

    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly Func<Facts> _facts;
    private readonly ServiceTimer _upload;
    private readonly ServiceTimer _connectTimeout;
    private readonly ServiceTimer _replyTimeout;
    private NetworkControl? _control;
    private ReadOnlyMemory<byte> _packet;
    private bool _reasonReported;
    private int _tries;
    private long _periodSeconds;

    public ErrDumpClient(Board board, NetworkStack stack, FileSystem files, Func<Facts> facts)
    {
        _board = board;
        _stack = stack;
        _facts = facts;
        System = new ErrDumpRecords(files, "/\u00AAserr");
        User = new ErrDumpRecords(files, "/\u00AAuerr");
        _upload = board.NewTimer(OnUploadDue);
        _connectTimeout = board.NewTimer(GiveUp);
        _replyTimeout = board.NewTimer(OnReplyTimeout);
    }

    /// <summary>What the packet tells of the module and its script.</summary>
    public sealed record Facts(string Project, string Version, string Imei, int PowerOnReason);

    public bool Enabled { get; private set; }

    /// <summary>What ended the VM.</summary>
    public ErrDumpRecords System { get; }

    /// <summary>What errDump.record wrote.</summary>
    public ErrDumpRecords User { get; }

    /// <summary>The packet has it after the IMEI.</summary>
    public string UserFlag { get; set; } = "";

    /// <summary>The packet has it instead of the IMEI, if it is not empty.</summary>
    public string CustomId { get; set; } = "";

    public string Host { get; set; } = DefaultHost;
    public int Port { get; private set; } = DefaultPort;

    /// <summary>errDump.config with a boolean.</summary>
    /// <param name="enabled">False forgets all records.</param>
    /// <param name="periodSeconds">0: it records, but sends nothing by itself.</param>
    public void Configure(bool enabled, uint periodSeconds)
    {
        Enabled = enabled;
        _upload.Stop();
        _connectTimeout.Stop();
        _replyTimeout.Stop();
        if (!enabled)
        {
            System.Clear();
            User.Clear();
            UserFlag = "";
            return;
        }

        _periodSeconds = periodSeconds;
        if (periodSeconds > 0) _upload.Start(_board.Parameters.ErrDumpDelay);
    }

    /// <summary>Another server; a port below 1 is the usual one.</summary>
    public void SetServer(int? port)
    {
        if (port is { } given) Port = (ushort)given;
        if (Port < 1) Port = DefaultPort;
        _board.Log.Write(LogLevel.Debug, Tag, $"自定义服务器 {Host} {Port}");
    }

    /// <summary>A record for one of the two files, kept only where errDump is on.</summary>
    public void Record(ErrDumpRecords records, ReadOnlySpan<byte> message)
    {
        records.Count();
        records.Count();
        if (!Enabled) return;
        records.Add(message);
        if (_control is null && _periodSeconds > 0) _upload.Start(_board.Parameters.ErrDumpDelay);
    }

    private void OnUploadDue()
    {
        if (_control is not null) return;
        if (_reasonReported && System.IsEmpty && User.IsEmpty)
        {
            _board.Log.Write(LogLevel.Debug, Tag, "no info errdump stop");
            return;
        }

        _control = _stack.Allocate(this);
        if (_control is null)
        {
            Retry("no socket, errdump fail");
            return;
        }

        _tries = 0;
        _packet = default;
        _connectTimeout.Start(_board.Parameters.ErrDumpConnectTimeout);
        _control.Connect(Host, Port);
    }

    void IControlUser.Handle(ControlEvent what, bool failed)
    {
        if (failed)
        {
            Release();
            Retry("errdump fail");
            return;
        }

        switch (what)
        {
            case ControlEvent.Online:
                _connectTimeout.Stop();
                SendPacket();
                break;
            case ControlEvent.Event:
                OnAnswer();
                break;
            default:
                break; // what it does not wait for
        }
    }

    private void OnAnswer()
    {
        Span<byte> bytes = stackalloc byte[LongestAnswer];
        if (_control!.Receive(bytes, out _, out _) is not { } count)
        {
            Release();
            Retry("socket rx error, errdump fail");
            return;
        }

        var answer = Encoding.Latin1.GetString(bytes[..count]);
        if (answer.Length is 2 or 8)
        {
            if (answer is not ("OK" or "{\"r\": 1}"))
            {
                _board.Log.WriteBytes(LogLevel.Debug, Tag, $"errdump response error {answer}");
                _control.WaitEvent();
                return;
            }
        }
        else
        {
            _board.Log.WriteBytes(LogLevel.Debug, Tag, $"errdump response maybe new {answer}");
        }

        if (System.HasNews || User.HasNews)
        {
            _board.Log.Write(LogLevel.Debug, Tag, "errdump need retry!");
            _tries = 0;
            SendPacket();
            return;
        }

        _board.Log.Write(LogLevel.Debug, Tag, "errdump ok!");
        _reasonReported = true;
        System.Clear();
        User.Clear();
        Release();
    }

    /// <summary>The line that the chip's layer prints whenever the power-on reason is asked for.</summary>
    public static string PowerOnReasonLine(int reason) =>
        string.Create(CultureInfo.InvariantCulture, $"luat_pm_get_poweron_reason 197:ap {reason},cp 0");

    /// <summary>Makes the packet where it is the first one, or where something is new.</summary>
    private void SendPacket()
    {
        if (_packet.IsEmpty || System.HasNews || User.HasNews)
        {
            _tries = 0;
            _packet = MakePacket();
        }

        _control!.Send(_packet);
        _control.WaitEvent();
        _replyTimeout.Start(_board.Parameters.ErrDumpReplyTimeout);
    }

    private byte[] MakePacket()
    {
        var facts = _facts();
        var packet = new List<byte>();
        var id = CustomId.Length > 0 ? CustomId : facts.Imei;
        packet.AddRange(Encoding.UTF8.GetBytes(
            $"{facts.Project}_LuatOS-SoC_{FirmwareRelease.Name(_board.Parameters.Firmware)}_EC618," +
            $"{facts.Version},{id},{UserFlag},\r\n"));
        if (!_reasonReported)
        {
            _board.Log.Raw(PowerOnReasonLine(facts.PowerOnReason));
            packet.AddRange(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"poweron reason:{facts.PowerOnReason}\r\n")));
        }

        foreach (var records in (ErrDumpRecords[])[System, User])
        {
            var text = records.Read();
            if (text.Length > 0) packet.AddRange([.. text, .. "\r\n"u8]);
        }

        return [.. packet];
    }

    private void OnReplyTimeout()
    {
        if (++_tries >= Tries)
        {
            GiveUp();
            return;
        }

        _board.Log.Write(LogLevel.Error, Tag, $"errdump tx fail {_tries} cnt, retry");
        SendPacket();
    }

    private void GiveUp()
    {
        Release();
        Retry("errdump server connect or tx fail");
    }

    private void Retry(string failure)
    {
        _board.Log.Write(LogLevel.Error, Tag, $"{failure}, after {_periodSeconds} second retry");
        if (_periodSeconds > 0) _upload.Start(TimeSpan.FromSeconds(_periodSeconds));
    }

    private void Release()
    {
        _connectTimeout.Stop();
        _replyTimeout.Stop();
        if (_control is null) return;
        _stack.Free(_control);
        _control = null;
    }
}
