namespace AirHil.Board.Description;

/// <summary>How a board's radio is switched off and on: by the rig's agent in the script.</summary>
/// <param name="Agent">The UART over which the agent takes orders: 1, or 32 for the USB virtual UART.</param>
public sealed record RadioDescription(int Agent);
