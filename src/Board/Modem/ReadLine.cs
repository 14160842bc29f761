using AirHil.Modem.Messages;

namespace AirHil.Board.Modem;

/// <summary>A line of the log as it was read.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Report">The report to the rig.</param>
/// <param name="Bytes">How many bytes of text its frame held.</param>
/// <param name="Start">
/// When the module started, where the line is the first of a new start; null: it goes on as before.
/// </param>
internal readonly record struct ReadLine(TimeSpan At, ModemReport.LogLine Report, int Bytes, TimeSpan? Start);
