namespace AirHil.Board.BenchFile;

/// <summary>
/// A bench file is missing or wrong. The message has a line for each problem: FILE:LINE:COLUMN, what is wrong, what was
/// expected.
/// </summary>
public sealed class BenchFileException(string message, Exception? inner = null) : Exception(message, inner);
