namespace AirHil.Board.Log;

/// <summary>What a <see cref="LogFrameReader"/> has seen so far.</summary>
/// <param name="Bytes">Bytes pushed.</param>
/// <param name="Frames">Frames that gave a record.</param>
/// <param name="Malformed">Pieces between two delimiters that are no frame: cut, too short, damaged, too long.</param>
/// <param name="DroppedBytes">
/// Bytes that ended up in no record: noise before the first delimiter, malformed pieces, what follows a record's last
/// argument beyond its padding.
/// </param>
/// <param name="UnknownEscapes">Escapes with an unknown second byte; both bytes were kept as text.</param>
/// <param name="Guessed">Records whose text had to be guessed.</param>
/// <param name="Held">Bytes of the frame that has not ended yet.</param>
public readonly record struct LogFrameCounters(
    long Bytes, long Frames, long Malformed, long DroppedBytes, long UnknownEscapes, long Guessed, int Held);
