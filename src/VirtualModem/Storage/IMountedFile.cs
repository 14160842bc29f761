namespace AirHil.VirtualModem.Storage;

/// <summary>An open file of a mount, with the results that the mount's own code gives.</summary>
internal interface IMountedFile
{
    /// <summary>Where the next byte is read or written. A mount may go before the start.</summary>
    int Position { get; }

    bool IsAtEnd { get; }

    /// <summary>Reads; the number of bytes, 0 at the end.</summary>
    int Read(Span<byte> target);

    /// <summary>Writes; false: not all of it.</summary>
    bool Write(ReadOnlySpan<byte> source);

    /// <summary>Moves; false where the mount refuses.</summary>
    bool Seek(int offset, SeekOrigin origin);

    void Close();
}
