using System.Globalization;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.Mqtt;

/// <summary>The broker of a host: its clients and what it retains, behind all of its ports.</summary>
internal sealed class MqttSite(ServiceSide side) : ServiceSite(side)
{
    /// <summary>Retained messages and kept sessions; further ones are not kept, on the record.</summary>
    private const int KeptLimit = 10_000;

    private readonly SortedDictionary<string, MqttClient> _clients = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MqttRetained> _retained = new(StringComparer.Ordinal);
    private int _lastName;

    public override void Add(Endpoint endpoint)
    {
        base.Add(endpoint);
        if (endpoint.Behavior is not MqttBroker broker) return;
        foreach (var message in broker.Messages) _retained[message.Topic] = message;
    }

    public override ServiceSession Accept(ServiceConnection connection) => new MqttSession(this, Side, connection)
    {
        Endpoint = Endpoints.FirstOrDefault(e => e.Url.Port == connection.Port),
    };

    /// <summary>
    /// A message of the rig: the path is its topic, and the query may have "qos=1" and "retain". With wildcards it goes
    /// to each topic that fits and that a client has subscribed to by its name: a script's topics often have a number
    /// of its module in them, which the rig does not know.
    /// </summary>
    /// <returns>False where no client gets it and it is not retained.</returns>
    public override bool Push(ServiceUrl target, ServiceMessage message)
    {
        var parts = target.Path.Split('?', 2);
        var wanted = MqttTopic.Of(target);
        var query = parts.Length < 2 ? [] : parts[1].Split('&');
        var quality = query.Contains("qos=2") ? 2 : query.Contains("qos=1") ? 1 : 0;
        var isRetained = query.Contains("retain");
        var reached = 0;
        foreach (var topic in MqttTopic.IsName(wanted) ? [wanted] : Subscribed(wanted))
        {
            Side.Record("", new MqttMessage(Side.Now, topic, message.Bytes));
            reached += Publish(new MqttPacket.Publish(topic, message.Bytes, quality, isRetained));
            if (isRetained) reached++;
        }

        return reached > 0;
    }

    /// <summary>A script that plays the broker hears of what clients publish.</summary>
    public void Tell(ServiceSession from, string client, MqttPacket.Publish message)
    {
        if (ScriptOf(from.Endpoint) is not { } script) return;
        script.Ask("on_publish", message.Topic, script.Text(message.Payload), client);
    }

    /// <summary>A name for a client that has none.</summary>
    public string NewName() => string.Create(CultureInfo.InvariantCulture, $"auto-{++_lastName}");

    /// <summary>A client connects. Another one with its id is sent away.</summary>
    /// <returns>What is known of it, and whether that was known before.</returns>
    public (MqttClient Client, bool IsPresent) Connect(string id, bool isClean)
    {
        var isKnown = _clients.TryGetValue(id, out var client);
        if (isKnown && client!.Session is { } other) other.Drop($"another client connects as '{id}'");
        if (isKnown && !isClean && !client!.IsClean) return (client, true);
        return (_clients[id] = new MqttClient(id, isClean), false);
    }

    /// <summary>The connection of a client is over.</summary>
    public void Disconnect(MqttClient client, MqttPacket.Publish? will)
    {
        client.Session = null;
        if (_clients.GetValueOrDefault(client.Id) == client)
        {
            var isTooMany = !client.IsClean && _clients.Count > KeptLimit;
            if (isTooMany) Side.Record("", new ServiceOverfull(Side.Now, "sessions of clients"));
            if (client.IsClean || isTooMany) _clients.Remove(client.Id);
        }

        if (will is null) return;
        Side.Record("", new MqttMessage(Side.Now, will.Topic, will.Payload));
        Publish(will);
    }

    /// <summary>Gives a message to all that have subscribed to it, and retains it where it is to be.</summary>
    /// <returns>How many have subscribed to it.</returns>
    public int Publish(MqttPacket.Publish message)
    {
        var reached = 0;
        if (message.IsRetained) Retain(message);
        foreach (var client in _clients.Values.ToArray())
        {
            if (client.QualityFor(message.Topic) is not { } most) continue;
            reached++;
            Deliver(client, message with
            {
                Quality = Math.Min(most, message.Quality),
                IsRetained = false,
                IsAgain = false,
                Id = 0,
            });
        }

        return reached;
    }

    /// <summary>Gives a new subscriber what is retained (§3.8.4).</summary>
    public void GiveRetained(MqttClient client, string filter, int quality)
    {
        foreach (var kept in _retained.Values.ToArray())
        {
            if (!MqttTopic.Matches(filter, kept.Topic)) continue;
            Deliver(client, new MqttPacket.Publish(
                kept.Topic, kept.Payload, Math.Min(quality, kept.Quality), true));
        }
    }

    /// <summary>What the script publishes goes to all that have subscribed to it.</summary>
    protected override ServiceScript Open(ScriptedService scripted, ServiceUrl url) => new(Side, scripted.Script, url)
    {
        Publisher = (topic, payload, quality, isRetained) =>
        {
            if (!MqttTopic.IsName(topic)) throw new FormatException($"'{topic}' is no topic to publish to");
            Side.Record("", new MqttMessage(Side.Now, topic, payload));
            Publish(new MqttPacket.Publish(topic, payload, quality, isRetained));
        },
    };

    private string[] Subscribed(string filter) =>
    [
        .. _clients.Values.SelectMany(c => c.Topics).Where(topic => MqttTopic.Matches(filter, topic))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private void Deliver(MqttClient client, MqttPacket.Publish message)
    {
        if (!client.Deliver(message)) Side.Record("", new ServiceOverfull(Side.Now, $"messages for '{client.Id}'"));
    }

    private void Retain(MqttPacket.Publish message)
    {
        if (message.Payload.IsEmpty)
        {
            _retained.Remove(message.Topic);
            return;
        }

        if (_retained.Count >= KeptLimit && !_retained.ContainsKey(message.Topic))
        {
            Side.Record("", new ServiceOverfull(Side.Now, "retained messages"));
            return;
        }

        _retained[message.Topic] = new MqttRetained(message.Topic, message.Payload, message.Quality);
    }
}
