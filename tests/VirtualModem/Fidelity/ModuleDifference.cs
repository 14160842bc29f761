namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>A line that the virtual module prints otherwise than V1112's code built as a native program.</summary>
/// <param name="Kind">The program.</param>
/// <param name="Lines">How many lines read so.</param>
/// <param name="Native">The line of the native program.</param>
/// <param name="Module">The line of the virtual module.</param>
/// <param name="Reason">Why that is right.</param>
internal sealed record ModuleDifference(string Kind, int Lines, string Native, string Module, string Reason);
