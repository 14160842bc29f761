namespace AirHil.Rig.Peers;

/// <summary>Who has a script: a peer or a service.</summary>
internal interface IScriptOwner
{
    /// <summary>The script writes a line.</summary>
    /// <returns>False: it does too much at one time.</returns>
    bool Log(string line);

    /// <summary>The script is at its end by an error; the text names the file and the line.</summary>
    void Fail(string message);
}
