using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Mqtt;

/// <summary>The fourth argument of <c>mqtt.create</c>.</summary>
/// <param name="Verifies">Whether the server must show a certificate that is trusted; a table's default.</param>
/// <param name="Authorities">Whom it trusts; null: nobody.</param>
/// <param name="Identity">Its own certificate; null: it has none.</param>
internal sealed record MqttTls(bool Verifies, PemCertificates? Authorities, TlsIdentity? Identity);
