using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>
/// A fault of messages between the module and its services: text and binary messages of WebSocket, and PUBLISH of
/// MQTT. It is as if a proxy or a queue between them did it: the connection goes on.
/// </summary>
/// <param name="Percent">How many of them suffer it, 1 to 100; which ones follows from the run's seed.</param>
public abstract record MessageFault(int Percent) : ServiceFault
{
    private protected string Phrased(string verb, string operand = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{verb} messages {Percent}{operand}");
}

/// <summary>Some messages vanish.</summary>
public sealed record DropMessages(int Percent) : MessageFault(Percent)
{
    internal override string Words => Phrased("drop");
}

/// <summary>Some messages come twice.</summary>
public sealed record DoubleMessages(int Percent) : MessageFault(Percent)
{
    internal override string Words => Phrased("double");
}

/// <summary>Some messages come later; those behind them do not wait.</summary>
/// <param name="By">1 ms or more.</param>
public sealed record DelayMessages(int Percent, TimeSpan By) : MessageFault(Percent)
{
    public override TimeSpan Extent => By;

    public override Fault WithExtent(TimeSpan extent) => this with { By = extent };

    internal override string Words => Phrased("delay", " " + FaultPhrase.Duration(By));
}
