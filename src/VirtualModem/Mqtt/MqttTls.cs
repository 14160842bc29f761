namespace AirHil.VirtualModem.Mqtt;

/// <summary>The fourth argument of <c>mqtt.create</c>.</summary>
/// <param name="Verifies">Whether the server must show a certificate that is trusted; a table's default.</param>
/// <param name="Authority">Whom it trusts, in PEM; null: nobody.</param>
internal sealed record MqttTls(bool Verifies, ReadOnlyMemory<byte>? Authority);
