namespace AirHil.VirtualModem.Http;

/// <summary>Who gets the parts of a response from an <see cref="HttpParser"/>, as places in its data.</summary>
internal interface IHttpParserUser
{
    void HeaderField(int start, int length);

    void HeaderValue(int start, int length);

    void HeadersComplete();

    /// <summary>False: parsing ends here for good.</summary>
    bool Body(int start, int length);

    void MessageComplete();

    /// <param name="bytes">The size of the chunk that begins.</param>
    void ChunkHeader(ulong bytes);
}
