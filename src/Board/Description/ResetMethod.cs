namespace AirHil.Board.Description;

/// <summary>The replacement of the reset line, which no cable reaches (reference bench §4).</summary>
public enum ResetMethod
{
    /// <summary>The frame 7E 00 01 7E on the log port.</summary>
    LogPortCommand,

    /// <summary>AT+ECRST on the log port.</summary>
    AtCommand,

    /// <summary>The supply off and on again.</summary>
    PowerCycle,

    /// <summary>A person presses the button.</summary>
    Prompt,
}
