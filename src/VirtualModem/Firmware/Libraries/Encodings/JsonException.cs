namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>A value or text that cannot be encoded or decoded; the message is what the script gets.</summary>
internal sealed class JsonException(string message) : Exception(message);
