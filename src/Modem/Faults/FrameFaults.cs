using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>
/// The service reads and answers nothing, not even a ping or an upgrade. TCP still acknowledges; UDP services go on.
/// </summary>
public sealed record FallSilent : ServiceFault
{
    internal override string Words => "fall silent";
}

/// <summary>
/// Messages of the service go out in two fragments; the module closes on the second (reference §3.8).
/// </summary>
public sealed record Fragment : ServiceFault
{
    internal override string Words => "fragment frames";
}

/// <summary>
/// The service sends one text frame of that many bytes on every connection; above 4092 the module closes when
/// something comes behind it, above 65,535 at once (reference §3.8).
/// </summary>
/// <param name="Bytes">Payload, 1 to 1,000,000.</param>
public sealed record OversizeFrame(int Bytes) : ServiceFault
{
    public override bool IsMoment => true;

    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"oversize frame {Bytes}");
}

/// <summary>The service sends the first half of a text frame on every connection and nothing more on it.</summary>
public sealed record HalfFrame : ServiceFault
{
    public override bool IsMoment => true;

    internal override string Words => "half frame";
}
