namespace AirHil.VirtualModem.Logging;

/// <summary>
/// How <c>print</c> becomes log records: its texts, joined by TAB, collect in a buffer of 512 bytes. A text that would
/// not fit sends the pending part as a record of its own (with the TAB already in it) and is then sent as it is, so
/// a long line arrives as several records; nothing to print is no record (reference §1.4).
/// </summary>
internal static class Printing
{
    /// <summary>The buffer's size in bytes; a text that would reach it is not collected any more.</summary>
    public const int BufferSize = 512;

    /// <summary>The records of one call, given the texts that <c>tostring</c> made of its arguments.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Records(IEnumerable<ReadOnlyMemory<byte>> texts)
    {
        var pending = new List<byte>(BufferSize);
        var first = true;
        foreach (var text in texts)
        {
            if (!first) pending.Add((byte)'\t');
            first = false;
            if (pending.Count + text.Length < BufferSize)
            {
                pending.AddRange(text.Span);
                continue;
            }

            if (pending.Count > 0) yield return pending.ToArray();
            yield return text;
            pending.Clear();
        }

        if (pending.Count > 0) yield return pending.ToArray();
    }

    /// <summary>Prints one call's texts to a log, whatever its level.</summary>
    internal static void Print(FirmwareLog log, IEnumerable<ReadOnlyMemory<byte>> texts)
    {
        foreach (var record in Records(texts)) log.Raw(record);
    }
}
