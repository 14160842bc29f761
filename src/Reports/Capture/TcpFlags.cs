namespace AirHil.Reports.Capture;

/// <summary>Control bits of a TCP header (RFC 9293 §3.1).</summary>
[Flags]
internal enum TcpFlags
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Rst = 4,
    Psh = 8,
    Ack = 16,
}
