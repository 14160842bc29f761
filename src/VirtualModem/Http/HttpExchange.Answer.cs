using System.Text;

namespace AirHil.VirtualModem.Http;

/// <summary>The parts of the answer as the parser finds them.</summary>
internal sealed partial class HttpExchange
{
    private const int LengthDigits = 15;

    void IHttpParserUser.HeaderField(int start, int length)
    {
        var name = _buffer.AsSpan(start, length);
        _debug.Bytes("on_header_field:", name);
        if (_hasHeaders) return;
        if (ContentLength == 0 && StartsLikeLength(_buffer.AsSpan(start))) ContentLength = -1;
        Keep([.. name, (byte)':'], 1);
    }

    void IHttpParserUser.HeaderValue(int start, int length)
    {
        var value = _buffer.AsSpan(start, length);
        _debug.Bytes("on_header_value:", value);
        if (_hasHeaders) return;
        if (ContentLength == -1)
        {
            if (length > LengthDigits)
            {
                _board.Notice("http: a Content-Length of more than 15 digits; V1112 overwrites its memory here.");
            }

            ContentLength = HttpUrl.CNumber(Encoding.Latin1.GetString(value));
            _debug.Line($"http_ctrl->resp_content_len:{ContentLength}");
        }

        Keep([.. value, .. "\r\n"u8], 1);
    }

    void IHttpParserUser.ChunkHeader(ulong bytes)
    {
        _debug.Line($"on_chunk_header");
        _debug.Line($"content_length:{unchecked((long)bytes)}");
    }

    void IHttpParserUser.HeadersComplete()
    {
        _debug.Line($"on_headers_complete");
        if (_hasHeaders) return;
        if (_request.Destination is not null) OpenFile();
        else _request.Update?.Open();
        _hasHeaders = true;
        TellProgress();
    }

    bool IHttpParserUser.Body(int start, int length)
    {
        var piece = _buffer.AsSpan(start, length);
        _debug.Body(piece, BodyBytes, _parser.StatusCode);
        if (TakesUpdate)
        {
            if (_request.Update!.Write(piece) < 0)
            {
                RefuseUpdate();
                return false;
            }
        }
        else if (!Store(piece))
        {
            Fail(HttpOutcome.DownloadFailed);
            return false;
        }

        BodyBytes += length;
        TellProgress();
        return true;
    }

    void IHttpParserUser.MessageComplete()
    {
        _debug.Line($"on_message_complete");
        _isClosed = true;
    }

    /// <summary>The name counts with a colon and one space, in any case.</summary>
    private static bool StartsLikeLength(ReadOnlySpan<byte> text)
    {
        var name = "content-length: "u8;
        if (text.Length < name.Length) return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (char.ToLowerInvariant((char)text[i]) != name[i]) return false;
        }

        return true;
    }
}
