using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>Every HTTP request is answered by that status instead of what its route says.</summary>
/// <param name="Status">200 to 599.</param>
public sealed record AnswerStatus(int Status) : ServiceFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"answer http with {Status}");
}

/// <summary>Bodies of HTTP answers end in their middle, and their connections with them.</summary>
public sealed record CutBodies : ServiceFault
{
    internal override string Words => "cut http bodies";
}
