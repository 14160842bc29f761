namespace AirHil.Modem.Acts;

/// <summary>A client of the rig connects to a port of the module, on which it may listen.</summary>
/// <param name="Port">1 to 65,535.</param>
public sealed record ConnectClient(int Port) : Act
{
    public override string Needs => Capability.Clients;
}

/// <summary>The last client sends bytes to the module.</summary>
public sealed record SendFromClient(ReadOnlyMemory<byte> Bytes) : Act
{
    public override string Needs => Capability.Clients;

    public bool Equals(SendFromClient? other) =>
        other is not null && Modem == other.Modem && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode() => Bytes.Length;
}

/// <summary>The last client ends its connection.</summary>
/// <param name="IsReset">By RST instead of FIN.</param>
public sealed record CloseClient(bool IsReset) : Act
{
    public override string Needs => Capability.Clients;
}
