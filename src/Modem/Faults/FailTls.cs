namespace AirHil.Modem.Faults;

/// <summary>TLS handshakes that begin now do not succeed; connections beyond theirs go on.</summary>
/// <param name="Hang">The server falls silent in the handshake instead of sending an alert (reference §3.6: the module
/// waits for ever).</param>
public sealed record FailTls(bool Hang = false) : NetworkFault
{
    internal override string Words => Hang ? "hang tls" : "fail tls";
}
