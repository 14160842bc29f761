using AirHil.Modem.Faults;

namespace AirHil.Rig.Service.Mqtt;

/// <summary>What a broker knows of a client, connected or not (the session of MQTT 3.1.1 §3.1.2.4).</summary>
internal sealed class MqttClient(string id, bool isClean)
{
    /// <summary>Messages with QoS 1 and 2 that are on their way at one time, as with mosquitto.</summary>
    private const int MostInflight = 20;

    /// <summary>Messages that wait, as with mosquitto; further ones are lost, on the record.</summary>
    private const int MostWaiting = 1000;

    private readonly SortedDictionary<string, int> _filters = new(StringComparer.Ordinal);
    private readonly List<Sent> _inflight = [];
    private readonly Queue<MqttPacket.Publish> _waiting = new();
    private readonly HashSet<int> _taken = [];
    private int _lastId;

    public string Id => id;

    /// <summary>It is forgotten when its connection ends.</summary>
    public bool IsClean => isClean;

    /// <summary>Its connection; null: it is not connected.</summary>
    public MqttSession? Session { get; set; }

    /// <summary>How many filters it has subscribed to.</summary>
    public int Filters => _filters.Count;

    /// <summary>The filters without wildcards.</summary>
    public IEnumerable<string> Topics => _filters.Keys.Where(MqttTopic.IsName);

    public void Subscribe(string filter, int quality) => _filters[filter] = quality;

    public void Unsubscribe(string filter) => _filters.Remove(filter);

    /// <summary>The highest QoS of the filters that match; null: none does.</summary>
    public int? QualityFor(string topic)
    {
        int? best = null;
        foreach (var (filter, quality) in _filters)
        {
            if (!(quality <= best) && MqttTopic.Matches(filter, topic)) best = quality;
        }

        return best;
    }

    /// <summary>Sends a message, or keeps it until it can be sent.</summary>
    /// <returns>False where it is lost, as too many wait.</returns>
    public bool Deliver(MqttPacket.Publish message)
    {
        if (message.Quality == 0)
        {
            Session?.SendSoon(message);
            return true;
        }

        if (Session is null && isClean) return true;
        if (_waiting.Count >= MostWaiting) return false;
        _waiting.Enqueue(message);
        Fill();
        return true;
    }

    /// <summary>After a CONNACK: what was not acknowledged goes out again (§4.4), then what waits.</summary>
    public void Resume()
    {
        foreach (var sent in _inflight)
        {
            Session!.SendSoon(sent.IsReceived
                ? new MqttPacket.Ack(MqttPacketType.Pubrel, sent.Message.Id)
                : sent.Message with { IsAgain = true });
        }

        Fill();
    }

    /// <summary>A message of the client with QoS 2 is there.</summary>
    /// <returns>False where it was there before.</returns>
    public bool Take(int messageId) => _taken.Add(messageId);

    /// <summary>The client releases it.</summary>
    public void Release(int messageId) => _taken.Remove(messageId);

    /// <summary>The client acknowledges a message of the broker.</summary>
    public void Acknowledge(MqttPacketType type, int messageId)
    {
        var place = _inflight.FindIndex(s => s.Message.Id == messageId);
        if (place < 0)
        {
            // A PUBREC for what the broker does not know is answered all the same, so that the client can end it.
            if (type == MqttPacketType.Pubrec) Session?.SendSoon(new MqttPacket.Ack(MqttPacketType.Pubrel, messageId));
            return;
        }

        var sent = _inflight[place];
        switch (type)
        {
            case MqttPacketType.Pubrec when sent.Message.Quality == 2:
                _inflight[place] = sent with { IsReceived = true };
                Session?.SendSoon(new MqttPacket.Ack(MqttPacketType.Pubrel, messageId));
                break;
            case MqttPacketType.Puback when sent.Message.Quality == 1:
            case MqttPacketType.Pubcomp when sent.IsReceived:
                _inflight.RemoveAt(place);
                Fill();
                break;
            default:
                break;
        }
    }

    private void Fill()
    {
        while (Session is { } session && _inflight.Count < MostInflight && _waiting.TryDequeue(out var message))
        {
            message = message with { Id = NextId() };
            _inflight.Add(new Sent(message, false));
            session.SendSoon(message);
        }
    }

    private int NextId()
    {
        do
        {
            _lastId = _lastId == ushort.MaxValue ? 1 : _lastId + 1;
        }
        while (_inflight.Exists(s => s.Message.Id == _lastId));
        return _lastId;
    }

    /// <param name="IsReceived">Its PUBREC came.</param>
    private sealed record Sent(MqttPacket.Publish Message, bool IsReceived);
}
