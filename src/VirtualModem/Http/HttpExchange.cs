using System.Globalization;
using System.Text;

using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Http;

/// <summary>How a request ended, and what <c>.wait()</c> gives for it.</summary>
internal enum HttpOutcome
{
    Success = 0,

    /// <summary>Not an end: the script's function is due.</summary>
    Progress = 1,

    ConnectFailed = -4,
    Closed = -5,
    ReceiveFailed = -6,
    DownloadFailed = -7,
    TimedOut = -8,

    /// <summary>The update was refused. The script gets the headers and the body, too.</summary>
    UpdateFailed = -9,
}

/// <summary>Who takes the client's events to the mailbox.</summary>
internal interface IHttpUser
{
    /// <param name="outcome">What happened.</param>
    /// <param name="bodyBytes">Bytes of the body so far.</param>
    void Raise(HttpOutcome outcome, int bodyBytes);
}

/// <summary>
/// One request of V1112's HTTP client: it asks up to three times more for the rest of a body, with a Range header, and
/// joins what comes (reference-net §4, L:components/network/libhttp/luat_http_client.c).
/// </summary>
internal sealed partial class HttpExchange : IControlUser, IHttpParserUser
{
    public const string Tag = "http";

    /// <summary>sizeof(luat_http_ctrl_t) on the chip: its receive buffer, and 232 bytes of numbers.</summary>
    private const int ControlBytes = 8424;

    private const int BufferBytes = 8192;
    private const int MostRepeats = 3;
    private const int SendBytes = 4096;
    private const int LastGoodStatus = 299;
    private const int UpdateStatus = 200;
    private const int PartStatus = 206;

    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly FileSystem _files;
    private readonly IHttpUser _user;
    private readonly ServiceTimer _timeout;
    private readonly HttpDebug _debug;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly GrowingBlock _headers;
    private readonly GrowingBlock _body;
    private NetworkControl? _control;
    private HttpRequest _request = null!;
    private HttpParser _parser;
    private OpenFile? _file;
    private int _kept;
    private int _filled;
    private int _sent;
    private int _repeats;
    private bool _foundHeaders;
    private bool _hasHeaders;
    private bool _isClosed;
    private bool _isUpdated;
    private bool _isRefused;

    private HttpExchange(Board board, NetworkStack stack, FileSystem files, IHttpUser user)
    {
        _board = board;
        _stack = stack;
        _files = files;
        _user = user;
        _debug = new HttpDebug(board.Log);
        _timeout = board.NewTimer(() => Fail(HttpOutcome.TimedOut));
        _headers = new GrowingBlock(stack.Heap);
        _body = new GrowingBlock(stack.Heap);
        _parser = new HttpParser(this);
    }

    /// <summary>The status code of the last response.</summary>
    public int StatusCode => _isUpdated ? UpdateStatus : _parser.StatusCode;

    /// <summary>The lines "Name:value" of the first response that had all of its headers.</summary>
    public ReadOnlySpan<byte> Headers => _headers.Bytes;

    public string Scheme => "http";

    /// <summary>The body that was not written to a file or a zbuff.</summary>
    public ReadOnlySpan<byte> Body => _body.Bytes;

    /// <summary>All bytes of the body.</summary>
    public int BodyBytes { get; private set; }

    /// <summary>The length that the server gave; 0: none that the client knows.</summary>
    public int ContentLength { get; private set; }

    /// <summary>Whether the body goes to a file.</summary>
    public bool HasFile => _request.Destination is not null;

    /// <summary>Whether the body was an update's, of which nothing is kept.</summary>
    public bool HasUpdate => _request.Update is not null && StatusCode == UpdateStatus;

    public bool IsFreed { get; private set; }

    /// <summary>The memory of one request; null: none is left.</summary>
    public static HttpExchange? Create(Board board, NetworkStack stack, FileSystem files, IHttpUser user) =>
        stack.Heap.TryAllocate(ControlBytes) ? new HttpExchange(board, stack, files, user) : null;

    /// <summary>Keeps a block of the system heap until the end; false: it has no room.</summary>
    public bool TryKeep(int bytes)
    {
        if (!_stack.Heap.TryAllocate(bytes)) return false;
        _kept = bytes;
        return true;
    }

    /// <summary>Takes one of the module's sockets; false: none is left.</summary>
    public bool TakeSocket(int adapter)
    {
        _control = _stack.Allocate(this, adapter);
        if (_control is not null) _control.IsTcp = true;
        return _control is not null;
    }

    /// <summary>The request and its socket tell what they do; there is a socket.</summary>
    public void TurnDebugOn() => _debug.IsOn = _control!.IsDebug = true;

    /// <summary>Starts; false: the network layer refuses.</summary>
    public bool Start(HttpRequest request)
    {
        _request = request;
        if (request.Url.Tls)
        {
            _control!.Tls.TurnOn(request.Verifies);
            // What cannot be read is no error here: the handshake fails.
            if (request.Authorities is { } known) _control.SetAuthorities(known);
            if (request.Identity is { } own) _control.SetIdentity(own);
        }

        if (request.TimeoutMs > 0) _timeout.Start(TimeSpan.FromMilliseconds(request.TimeoutMs));
        return Connect();
    }

    /// <summary>The Lua task heard of anything: there is no time limit any more.</summary>
    public void StopTimeout() => _timeout.Stop();

    /// <summary>Gives everything back but an open file, which the firmware forgets.</summary>
    public void Free()
    {
        _debug.Line($"http close {HttpDebug.RequestAddress:X8}");
        if (_control is not null)
        {
            _control.Disconnect();
            _stack.Free(_control);
        }

        _control = null;
        _timeout.Stop();
        _headers.Free();
        _body.Free();
        if (_kept > 0) _stack.Heap.Free(_kept);
        _stack.Heap.Free(ControlBytes);
        IsFreed = true;
    }

    void IControlUser.Handle(ControlEvent what, bool failed)
    {
        if (IsFreed || _isRefused) return; // The last word of a connection that was closed together with the request.
        var number = ControlWords.NumberOf(what);
        _debug.Line($"luat_lib_http_callback {number} {(failed ? -1 : 0)} {HttpDebug.RequestAddress:X8}");
        if (failed)
        {
            _board.Log.Write(LogLevel.Error, Tag, $"http_ctrl close {number:X8} -1");
            var isConnect = what == ControlEvent.Online && FirmwareChange.ConnectError.IsIn(_board.Parameters);
            Fail(isConnect ? HttpOutcome.ConnectFailed : HttpOutcome.Closed);
            return;
        }

        switch (what)
        {
            case ControlEvent.Online:
                Ask();
                break;
            case ControlEvent.Sent:
                if (_sent > 0) SendBody();
                break;
            case ControlEvent.Event:
                if (!Receive() || _control!.WaitEvent() != NetworkReply.Failed) break;
                _debug.Line($"network_wait_event -1");
                Fail(HttpOutcome.Closed);
                break;
        }
    }

    private void Ask()
    {
        _filled = 0;
        _foundHeaders = false;
        _parser = new HttpParser(this);
        SendHead();
        _sent = 0;
        SendBody();
    }

    /// <summary>Takes what has come; false: there is nothing more to wait for.</summary>
    private bool Receive()
    {
        while (true)
        {
            var waiting = _control!.Readable;
            if (waiting == 0) return true;
            var room = BufferBytes - 1 - _filled;
            // Headers or the size of a chunk fill the buffer, or the connection is over.
            if (waiting is not { } bytes || room < 1) break;
            var target = _buffer.AsSpan(_filled, Math.Min(room, bytes));
            var taken = _control.Receive(target, out _, out _);
            _debug.Line($"result:{(taken is null ? -1 : 0)} rx_len:{taken ?? 0}");
            if (taken is null or 0) break;
            _filled += taken.Value;
            if (!Parse()) return false;
        }

        Fail(HttpOutcome.ReceiveFailed);
        return false;
    }

    private bool Connect() => _control!.Connect(_request.Url.Host, _request.Url.Port) != NetworkReply.Failed;

    private void SendHead()
    {
        var url = _request.Url;
        Send(Encoding.Latin1.GetBytes(url.RequestLine));
        if (!_request.HasHost)
        {
            var host = Encoding.Latin1.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"Host: {url.Host}:{url.Port}\r\n"));
            host.CopyTo(_buffer, 0); // It is written in the receive buffer.
            _buffer[host.Length] = 0;
            Send(host);
        }

        if (_hasHeaders)
        {
            Send(Encoding.Latin1.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"Range: bytes={BodyBytes}-\r\n")));
        }

        if (url.Authorization is not null) Send(Encoding.Latin1.GetBytes(url.Authorization));
        if (!_request.Headers.IsEmpty) Send(_request.Headers);
        if (FirmwareChange.CloseHeader.IsIn(_board.Parameters)) Send("Connection: Close\r\n"u8.ToArray());
        Send("\r\n"u8.ToArray());
    }

    /// <summary>The next piece of the body, if there is one.</summary>
    private void SendBody()
    {
        var left = _request.Content[Math.Min(_sent, _request.Content.Length)..];
        var piece = left[..Math.Min(left.Length, SendBytes)];
        _sent = piece.Length < left.Length ? _sent + piece.Length : 0;
        if (!piece.IsEmpty) Send(piece.ToArray());
    }

    private void Send(ReadOnlyMemory<byte> bytes) => _control!.Send(bytes);

    /// <summary>Parses what is in the buffer; false: the message is whole.</summary>
    private bool Parse()
    {
        if (!_foundHeaders)
        {
            _debug.Line($"search headers, buff len {_filled}");
            _foundHeaders = _filled > 4 && FindsEndOfHeaders();
            if (!_foundHeaders) _debug.Bytes("wait headers ", _buffer.AsSpan(0, _filled));
        }

        if (_foundHeaders)
        {
            var parsed = _parser.Execute(_buffer, _filled);
            _debug.Line($"nParseBytes {parsed} resp_buff_offset {_filled}");
            if (_isClosed)
            {
                _filled = 0;
                Complete();
                return false;
            }

            _filled -= Math.Min(parsed, _filled);
            _buffer.AsSpan(parsed, _filled).CopyTo(_buffer);
        }

        return !_isClosed && !_isRefused;
    }

    /// <summary>An empty line; the search looks a little beyond what came, as the firmware's does.</summary>
    private bool FindsEndOfHeaders()
    {
        var searched = _buffer.AsSpan(0, Math.Min(_filled + 3, BufferBytes));
        var at = Math.Min((uint)searched.IndexOf("\r\n\r\n"u8),
            Math.Min((uint)searched.IndexOf("\n\n"u8), (uint)searched.IndexOf("\r\r"u8)));
        if (at >= (uint)_filled) return false;
        _debug.Line($"found headers end at {at}");
        return true;
    }

    private void Complete()
    {
        _debug.Line($"on_complete");
        _debug.Line($"status_code:{_parser.StatusCode}");
        if (_file is not null)
        {
            _file.Close();
            _file = null;
            if (StatusCode > LastGoodStatus)
            {
                _board.Log.WriteBytes(LogLevel.Warn, Tag, $"download fail, remove file {_request.Destination}");
                _files.Remove(_request.Destination!);
            }
        }

        if (_request.Update is not null && !EndUpdate()) return;
        _control!.Disconnect();
        _user.Raise(HttpOutcome.Success, 0);
    }

    private bool TakesUpdate => _request.Update is not null && _parser.StatusCode is (UpdateStatus or PartStatus);

    /// <summary>The whole body is there. False: the update was refused, or its end is missing.</summary>
    private bool EndUpdate()
    {
        if (TakesUpdate && _request.Update!.IsUnderWay)
        {
            // luat_http_client.c asks again and again, and gives up never.
            _board.Notice("http.request: the update ends too early; V1112's network task waits for ever.");
            _stack.Task.Hang();
            return false;
        }

        _isUpdated = TakesUpdate;
        if (_isUpdated && _request.Update!.Close()) return true;
        RefuseUpdate(isClosed: _isUpdated);
        return false;
    }

    /// <summary>The client ends the update, and its own way to tell an error does it again.</summary>
    private void RefuseUpdate(bool isClosed = false)
    {
        if (!isClosed) _request.Update!.Close();
        _request.Update!.Close();
        TellFailure(HttpOutcome.UpdateFailed);
        _isRefused = true;
        _user.Raise(HttpOutcome.UpdateFailed, 0);
    }

    /// <summary>Once the headers are there the client asks for the rest again; else it is over.</summary>
    private void Fail(HttpOutcome outcome)
    {
        TellFailure(outcome);
        _debug.Line($"http_resp_error headers_complete:{(_hasHeaders ? 1 : 0)} re_request_count:{_repeats}");
        if (_isClosed || _isRefused) return;
        if (_hasHeaders && _repeats < MostRepeats && !FirmwareChange.NoRepeats.IsIn(_board.Parameters))
        {
            _repeats++;
            _control!.Disconnect();
            _control.Close();
            if (Connect()) return;
            _board.Log.Write(LogLevel.Error, Tag, "http_resp_error network_connect error");
        }

        _isClosed = true;
        _user.Raise(outcome, 0);
    }

    private void TellFailure(HttpOutcome outcome) =>
        _debug.Line($"http_resp_error error_code:{(int)outcome} close_state:{(_isClosed ? 1 : 0)}");

    private void TellProgress()
    {
        if (!_request.TellsProgress) return;
        _user.Raise(HttpOutcome.Progress, BodyBytes);
        _debug.Line($"luat_http_callback content_length:{ContentLength} body_len:{BodyBytes}");
    }

    private void Keep(ReadOnlySpan<byte> line, int spare)
    {
        if (!_headers.TryAppend(line, spare))
        {
            _board.Notice("http: no system heap for a header; V1112 writes to a null pointer here.");
        }
    }

    private void OpenFile()
    {
        _files.Remove(_request.Destination!);
        _file = _files.Open(_request.Destination!, "w+");
        if (_file is not null) return;
        _board.Log.WriteBytes(LogLevel.Error, Tag, $"open download file fail {_request.Destination}");
    }

    private bool Store(ReadOnlySpan<byte> piece)
    {
        if (_request.Destination is not null)
        {
            if (_file is null) OpenFile();
            if (_file is null) return false;
            if (_file.Write(piece)) return true;
            _board.Log.WriteBytes(LogLevel.Error, Tag, $"err when fwrite {_request.Destination}");
            return false;
        }

        var stored = !_request.IsPost && _request.Buffer is not null
            ? _request.Buffer.Append(piece)
            : _body.TryAppend(piece, 1);
        if (!stored) _board.Log.Write(LogLevel.Error, Tag, "out of memory when recv http body");
        return stored;
    }
}
