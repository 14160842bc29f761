namespace AirHil.Rig.Service;

/// <summary>
/// What the service knows to speak. A protocol is a folder: its description (a kind of <see cref="EndpointBehavior"/>),
/// its sites and sessions, and this, which stands in the table of protocols.
/// </summary>
internal abstract class ServiceProtocol
{
    /// <summary>The words that its URLs begin with (<see cref="UrlScheme"/>).</summary>
    public abstract IReadOnlyList<string> Schemes { get; }

    /// <summary>What <see cref="Read"/> takes, in words, for messages.</summary>
    public abstract string Forms { get; }

    /// <summary>Whether its endpoints can be described so.</summary>
    public abstract bool Takes(EndpointBehavior behavior);

    /// <summary>Reads the short form of the command line.</summary>
    /// <returns>Null where the text is no such form.</returns>
    /// <exception cref="FormatException">It begins as a form and is not valid.</exception>
    public abstract EndpointBehavior? Read(string text);

    /// <summary>Makes what serves the protocol at one host.</summary>
    public abstract ServiceSite Open(ServiceSide side);
}
