namespace AirHil.Modem;

/// <summary>
/// Anything that can happen to a modem: a <see cref="Messages.ModemCommand"/> or an <see cref="Air.AirEvent"/>.
/// </summary>
public abstract record ModemInput;
