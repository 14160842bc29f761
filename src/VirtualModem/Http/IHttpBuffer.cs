namespace AirHil.VirtualModem.Http;

/// <summary>A script's zbuff: the body of a request, or where that of a response goes.</summary>
internal interface IHttpBuffer
{
    /// <summary>The valid bytes.</summary>
    ReadOnlySpan<byte> Data { get; }

    /// <summary>Appends; false: no room.</summary>
    bool Append(ReadOnlySpan<byte> bytes);
}
