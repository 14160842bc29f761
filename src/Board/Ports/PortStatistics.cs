namespace AirHil.Board.Ports;

/// <summary>What has gone over a link since it was made.</summary>
/// <param name="BytesIn">Bytes read and handed to the sink.</param>
/// <param name="BytesOut">Bytes handed to the system.</param>
/// <param name="TimesOpened">How often the port was opened.</param>
/// <param name="TimesLost">How often it went while it was open.</param>
public readonly record struct PortStatistics(long BytesIn, long BytesOut, int TimesOpened, int TimesLost);
