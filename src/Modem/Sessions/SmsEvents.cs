using AirHil.Modem.ShortMessages;

namespace AirHil.Modem.Sessions;

/// <summary>Somebody sends a text message to the module; it is delivered when the module can be reached.</summary>
/// <param name="Number">The sender's.</param>
/// <param name="Part">It is a part of a longer one; null: it is whole.</param>
public sealed record SmsGiven(TimeSpan At, string Number, string Message, MessagePart? Part)
    : NetworkLaneEvent(At), IActEvent;

/// <summary>A text message reaches the module. The bytes are the PDU.</summary>
/// <param name="Number">The sender's.</param>
public sealed record SmsDelivered(TimeSpan At, string Number, string Message, ReadOnlyMemory<byte> Bytes)
    : NetworkLaneEvent(At, Bytes);

/// <summary>The network takes a text message of the module. The bytes are the PDU.</summary>
/// <param name="Number">The recipient's.</param>
public sealed record SmsSubmitted(TimeSpan At, string Number, string Message, ReadOnlyMemory<byte> Bytes)
    : NetworkLaneEvent(At, Bytes);

/// <summary>The network refuses a text message of the module. The bytes are the PDU.</summary>
/// <param name="Number">The recipient's.</param>
public sealed record SmsRefused(TimeSpan At, string Number, int Code, ReadOnlyMemory<byte> Bytes)
    : NetworkLaneEvent(At, Bytes);

/// <summary>A text message vanishes on its way.</summary>
/// <param name="Number">The other end's.</param>
/// <param name="ToModule">It was for the module; else the module has sent it.</param>
public sealed record SmsLost(TimeSpan At, string Number, string Message, bool ToModule) : NetworkLaneEvent(At);
