using System.Collections.ObjectModel;

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

    /// <summary>Its own kinds of descriptions, by the names that they have in files.</summary>
    public virtual IReadOnlyDictionary<string, Type> Descriptions => ReadOnlyDictionary<string, Type>.Empty;

    /// <summary>Whether a script of the user can play its endpoints.</summary>
    public virtual bool RunsScripts => true;

    /// <summary>Whether its endpoints can be described so.</summary>
    public virtual bool Takes(EndpointBehavior behavior) => Descriptions.Values.Contains(behavior.GetType());

    /// <summary>Reads the short form of the command line.</summary>
    /// <returns>Null where the text is no such form.</returns>
    /// <exception cref="FormatException">It begins as a form and is not valid.</exception>
    public abstract EndpointBehavior? Read(ServiceUrl url, string text);

    /// <summary>Reads a table of a feature.</summary>
    /// <param name="before">What the endpoint does already; null: it is new.</param>
    /// <exception cref="FormatException">The table is not valid; the message says what was expected.</exception>
    public abstract EndpointBehavior ReadTable(ServiceUrl url, EndpointBehavior? before, ServiceTable table);

    /// <summary>Why the rig cannot send a message there; null: it can.</summary>
    /// <param name="target">An endpoint's URL, perhaps with a path and a query of the protocol's own.</param>
    public virtual string? WhyNoPush(ServiceUrl target) => null;

    /// <summary>Makes what serves the protocol at one host.</summary>
    public abstract ServiceSite Open(ServiceSide side);

    /// <summary>The protocol has no tables of that kind.</summary>
    protected static FormatException NoSuchTable(ServiceUrl url, ServiceTable table, params string[] nouns) => new(
        $"{url.Scheme}:// has no table of {table.Noun}; it has {string.Join(", ", nouns)}");
}
