using System.Globalization;
using System.Text;

using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Ftp;

/// <summary>How one call of the FTP library ended.</summary>
internal enum FtpOutcome
{
    Failed,
    Done,

    /// <summary>What was collected is the result.</summary>
    Text,
}

/// <summary>Who takes the client's outcome to the mailbox.</summary>
internal interface IFtpUser
{
    void Raise(FtpOutcome outcome);
}

/// <summary>
/// V1112's one FTP session: a control connection, and a data connection for each transfer, always passive
/// (reference-net §5.1, L:components/network/libftp/luat_ftp_client.c).
/// </summary>
internal sealed partial class FtpClient
{
    public const string Tag = "ftp";

    /// <summary>The stack of the session's task.</summary>
    private const int StackBytes = 2048;

    /// <summary>The stack and luat_ftp_network_t.</summary>
    private const int SessionBytes = StackBytes + 1464;

    private const int TextBuffer = 64;
    private const int CommandBuffer = 128;
    private const int ReplyBytes = 1024;
    private const int PushBytes = 4096;
    private const int CloseWaits = 3;
    private static readonly TimeSpan IdleLimit = TimeSpan.FromHours(1);

    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly FileSystem _files;
    private readonly FtpTask _task;
    private readonly FtpData _data;
    private readonly GrowingBlock _result;

    /// <summary>A reply leaves the end of a longer one before it, which one of the lines of ftp.debug shows.</summary>
    private readonly byte[] _received = new byte[ReplyBytes + 1];

    private NetworkControl? _control;
    private OpenFile? _file;
    private string _host = "";
    private int _port;
    private string _name = "";
    private string _password = "";
    private string _remote = "";
    private string _command = "";
    private string _reply = "";
    private int _fileBytes;
    private int _closeWaits;
    private bool _runs;
    private bool _failed;

    public FtpClient(Board board, NetworkStack stack, FileSystem files)
    {
        _board = board;
        _stack = stack;
        _files = files;
        _task = new FtpTask(board, Meanwhile);
        _data = new FtpData(board, stack, _task, Take, Debug);
        _result = new GrowingBlock(stack.Heap);
    }

    public IFtpUser? User { get; set; }

    /// <summary>ftp.debug: the lines of level D.</summary>
    public bool IsDebugging { get; set; }

    /// <summary>Whether there is a session, or one is being made.</summary>
    public bool HasSession { get; private set; }

    /// <summary>What a call with <see cref="FtpOutcome.Text"/> gives; it is forgotten with that.</summary>
    public byte[] TakeResult()
    {
        var bytes = _result.Bytes.ToArray();
        _result.Free();
        return bytes;
    }

    /// <summary>ftp.login: 0, or an error at once.</summary>
    public int Login(int adapter, string host, int port, string name, string password)
    {
        const int stateError = -1;
        const int noMemory = -9;
        if (HasSession)
        {
            Error("ftp already login, please close first");
            return stateError;
        }

        if (!_stack.Heap.TryAllocate(SessionBytes))
        {
            Error("out of memory when malloc g_s_ftp.network");
            return noMemory;
        }

        HasSession = true;
        Array.Clear(_received);
        if (adapter > AdapterNumber.Last)
        {
            Error($"bad network adapter index {adapter}");
            return stateError;
        }

        _control = _stack.Allocate(_task, adapter);
        if (_control is null)
        {
            Error("cmd_netc create fail");
            return noMemory;
        }

        (_control.IsTcp, _data.Adapter) = (true, adapter);
        (_host, _port, _name, _password) = (Short(host), port, Short(name), Short(password));
        _task.Start(_control, Run());
        return 0;
    }

    /// <summary>
    /// What a refused ftp.login does last: it ends the session, also one that works; whose task then never ends.
    /// </summary>
    public void Abandon()
    {
        var keepsStack = _task.IsStarted;
        Release();
        if (keepsStack) _stack.Heap.TryAllocate(StackBytes);
    }

    private void Release()
    {
        if (!HasSession) return;
        HasSession = false;
        _task.Stop();
        if (_control is not null)
        {
            _control.Close();
            _stack.Free(_control);
        }

        _control = null;
        _data.Release();
        _stack.Heap.Free(SessionBytes);
    }

    /// <summary>ftp.command; false: refused at once.</summary>
    public bool Command(string command)
    {
        if (!IsLoggedIn()) return false;
        string[] known = ["NOOP", "SYST", "MKD", "CWD", "CDUP", "RMD", "PWD", "DELE", "TYPE", "LIST"];
        if (Array.Find(known, name => command.StartsWith(name, StringComparison.Ordinal)) is not { } verb)
        {
            Error($"not support cmd:{command}");
            return false;
        }

        Debug($"command: {(verb == "PWD" ? "RMD" : verb)}"); // as V1112 has it
        _command = Cut(command + "\r\n");
        _task.Post(FtpRequest.Command);
        return true;
    }

    /// <summary>ftp.pull; false: refused at once.</summary>
    public bool Pull(string local, string remote)
    {
        if (!IsLoggedIn()) return false;
        _files.Remove(local);
        return OpenFile(local, remote, "wb+", FtpRequest.Pull);
    }

    /// <summary>ftp.push; false: refused at once.</summary>
    public bool Push(string local, string remote) => IsLoggedIn() && OpenFile(local, remote, "rb", FtpRequest.Push);

    /// <summary>ftp.close; false: there is no session.</summary>
    public bool Close()
    {
        if (!IsLoggedIn()) return false;
        _task.Post(FtpRequest.Close);
        return true;
    }

    private bool IsLoggedIn()
    {
        if (!HasSession) Error("please login first");
        return HasSession;
    }

    private bool OpenFile(string local, string remote, string mode, FtpRequest request)
    {
        CloseFile();
        _file = _files.Open(local, mode);
        if (_file is null)
        {
            Error($"open download file fail {local}");
            return false;
        }

        _fileBytes = _files.Size(local);
        if (remote.Length >= TextBuffer)
        {
            _board.Notice($"ftp: a remote name of {TextBuffer} bytes or more; V1112 overwrites its memory here.");
        }

        _remote = remote;
        _task.Post(request);
        return true;
    }

    private IEnumerator<FtpWait> Run()
    {
        (_runs, _closeWaits) = (true, 0);
        foreach (var wait in LogIn()) yield return wait;
        if (_failed)
        {
            Error("ftp login fail");
            User?.Raise(FtpOutcome.Failed);
            Release();
            yield break;
        }

        User?.Raise(FtpOutcome.Done);
        while (_runs)
        {
            yield return new FtpWait(FtpWaitKind.Anything, IdleLimit);
            if (!_task.Succeeded)
            {
                Error("ftp network error");
                foreach (var wait in WaitForLastRequest()) yield return wait;
                yield break;
            }

            if (_task.Request is not { } request) ReadIdle();
            else foreach (var wait in Serve(request)) yield return wait;
        }

        foreach (var wait in Quit()) yield return wait;
    }

    private IEnumerable<FtpWait> LogIn()
    {
        _failed = _control!.Connect(_host, _port) == NetworkReply.Failed;
        if (!_failed)
        {
            yield return FtpWait.For(FtpWaitKind.Online);
            _failed = !_task.Succeeded;
        }

        if (_failed)
        {
            Error("ftp network_connect fail");
            yield break;
        }

        foreach (var wait in Receive()) yield return wait;
        if (_failed) yield break;
        if (Fails("220", "ftp connect error")) yield break;
        Debug("ftp connect ok");
        foreach (var wait in Ask($"USER {_name}\r\n")) yield return wait;
        if (Fails("331", "ftp username wrong")) yield break;
        Debug("ftp username ok");
        foreach (var wait in Ask($"PASS {_password}\r\n")) yield return wait;
        if (!Fails("230", "ftp login wrong")) Debug("ftp login ok");
    }

    /// <summary>Whether there is no reply, or one of another code.</summary>
    private bool Fails(string code, string line)
    {
        _failed |= !_reply.StartsWith(code, StringComparison.Ordinal);
        if (_failed) Error(line);
        return _failed;
    }

    private IEnumerable<FtpWait> WaitForLastRequest()
    {
        do
        {
            yield return new FtpWait(FtpWaitKind.Request, TimeSpan.Zero);
        }
        while (_task.Request is not (FtpRequest.Command or FtpRequest.Pull or FtpRequest.Push or FtpRequest.Close));
        _board.Notice("ftp: a session that the network ended; V1112 follows a null pointer when it tells so.");
        User?.Raise(FtpOutcome.Failed);
        Release();
    }

    private IEnumerable<FtpWait> Serve(FtpRequest request)
    {
        _failed = false;
        var outcome = FtpOutcome.Done;
        switch (request)
        {
            case FtpRequest.Close:
                _runs = false;
                yield break;
            case FtpRequest.Pull:
                _data.Release();
                foreach (var wait in Transfer(() => $"RETR {_remote}\r\n", Error)) yield return wait;
                break;
            case FtpRequest.Push:
                foreach (var wait in Upload()) yield return wait;
                break;
            case FtpRequest.Command when _command.StartsWith("LIST", StringComparison.Ordinal):
                _result.Free();
                outcome = FtpOutcome.Text;
                foreach (var wait in Transfer(() => _command, Debug)) yield return wait;
                break;
            case FtpRequest.Command:
                _result.Free();
                outcome = FtpOutcome.Text;
                foreach (var wait in Ask(_command)) yield return wait;
                if (_failed) break;
                if (!IsUsual(_command, _reply)) Debug("ftp COMMAND wrong");
                _result.TryAppend(Encoding.Latin1.GetBytes(_reply), 0);
                break;
            default:
                // What the data connection tells an idle task is lost: one that closes late keeps its socket.
                yield break;
        }

        if (_failed || request is FtpRequest.Pull or FtpRequest.Push) CloseFile();
        User?.Raise(_failed ? FtpOutcome.Failed : outcome);
    }

    private IEnumerable<FtpWait> Quit()
    {
        foreach (var wait in Ask("QUIT\r\n")) yield return wait;
        if (!_failed) Fails("221", "ftp QUIT wrong");
        _result.TryAppend(Encoding.Latin1.GetBytes(_reply), 0);
        User?.Raise(_failed ? FtpOutcome.Failed : FtpOutcome.Text);
        Release();
    }

    /// <summary>Sends a line, waits for its acknowledgement and for the reply.</summary>
    private IEnumerable<FtpWait> Ask(string line)
    {
        Debug($"luat_ftp_cmd_send data:{Cut(line)}");
        if (_control!.Send(Encoding.Latin1.GetBytes(Cut(line))) != NetworkReply.Failed)
        {
            yield return FtpWait.For(FtpWaitKind.Sent);
        }

        foreach (var wait in Receive()) yield return wait;
    }

    private IEnumerable<FtpWait> Receive()
    {
        yield return FtpWait.For(FtpWaitKind.Reply);
        TellWait();
        _failed = !_task.Succeeded || _task.TimedOut;
        if (!_failed) Read();
        else _reply = "";
    }

    private void TellWait() => Debug(
        $"luat_ftp_cmd_recv network_wait_rx ret:{(_task.Succeeded ? 0 : -1)} is_break:0 " +
        $"is_timeout:{(_task.TimedOut ? 1 : 0)}");

    /// <summary>What comes while nothing is asked.</summary>
    private void ReadIdle()
    {
        Read();
        if (_reply.Length > 0) Debug(string.Create(CultureInfo.InvariantCulture, $"ftp rx {_reply.Length}byte"));
    }

    private void Read()
    {
        var count = _control?.Receive(_received.AsSpan(0, ReplyBytes), out _, out _) ?? 0;
        _reply = Encoding.Latin1.GetString(_received, 0, count);
    }

    /// <summary>What comes while the task waits for something else (ftp_task_cb).</summary>
    private void Meanwhile(FtpRequest request)
    {
        switch (request)
        {
            case FtpRequest.Command or FtpRequest.Pull or FtpRequest.Push:
                Error(string.Create(
                    CultureInfo.InvariantCulture, $"last cmd not finish, ignore {(int)request},0,0,0"));
                break;
            case FtpRequest.Close:
                _runs = false;
                break;
            case FtpRequest.DataConnected or FtpRequest.DataRefused when _data.IsConnecting:
                _data.IsConnecting = false;
                _data.IsOnline = request == FtpRequest.DataConnected;
                break;
            case FtpRequest.DataSent when _data.Acknowledged >= _fileBytes:
                Debug("ftp data upload done!");
                _data.Disconnect();
                break;
            case FtpRequest.DataClosed:
                Debug("ftp data channel close");
                _data.IsOnline = false;
                _data.Release();
                break;
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (_file is not null) _file.Write(bytes);
        else _result.TryAppend(bytes, 0);
    }

    private void CloseFile()
    {
        _file?.Close();
        _file = null;
    }

    /// <summary>Whether a command has the reply that the client expects; any other is given all the same.</summary>
    private static bool IsUsual(string command, string reply) => reply.StartsWith(command[..3] switch
    {
        "NOO" or "TYP" => "200",
        "SYS" => "215",
        "PWD" or "MKD" => "257",
        _ => "250",
    }, StringComparison.Ordinal);

    private void Debug(string text)
    {
        if (IsDebugging) _board.Log.WriteBytes(LogLevel.Debug, Tag, text);
    }

    private void Error(string text) => _board.Log.WriteBytes(LogLevel.Error, Tag, text);

    /// <summary>A text that does not fit its buffer is left out.</summary>
    private static string Short(string text) => text.Length < TextBuffer ? text : "";

    private static string Cut(string line) => line.Length < CommandBuffer ? line : line[..(CommandBuffer - 1)];
}
