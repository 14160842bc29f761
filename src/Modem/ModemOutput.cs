namespace AirHil.Modem;

/// <summary>Anything a modem does: a <see cref="Messages.ModemReport"/> or an <see cref="Air.AirRequest"/>.</summary>
public abstract record ModemOutput;
