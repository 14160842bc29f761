using System.Globalization;
using System.Text;

using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Http;

/// <summary>What a request with <c>debug = true</c> tells of its work (luat_http_client.c, LLOGD).</summary>
internal sealed class HttpDebug(FirmwareLog log)
{
    [Guess("The debug lines of http show the address of the request's memory. No source tells where it lies.")]
    public const int RequestAddress = 0x0045_0000;

    /// <summary>The most bytes of one piece of a body that a line shows.</summary>
    private const int LongestPiece = 512;

    public bool IsOn { get; set; }

    /// <summary>A line; bytes are Latin-1. Its text is made only if somebody reads it.</summary>
    public void Line(FormattableString line)
    {
        if (IsOn) log.WriteBytes(LogLevel.Debug, HttpExchange.Tag, line.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Bytes behind a word, up to the first zero.</summary>
    public void Bytes(string word, ReadOnlySpan<byte> bytes)
    {
        if (!IsOn) return;
        var end = bytes.IndexOf((byte)0);
        Line($"{word}{Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end])}");
    }

    public void Body(ReadOnlySpan<byte> piece, int before, int status)
    {
        if (piece.Length > LongestPiece) Bytes("on_body first 512byte:", piece[..LongestPiece]);
        else Bytes("on_body:", piece);
        Line($"on_body length:{piece.Length} http_ctrl->body_len:{before + piece.Length} status_code:{status}");
    }
}
