namespace AirHil.Rig.Service.Mqtt;

/// <summary>An MQTT 3.1.1 broker: the description of an endpoint at mqtt:// or mqtts://.</summary>
internal sealed record MqttBroker : EndpointBehavior
{
    /// <summary>Who may connect; nobody named: everybody.</summary>
    public IReadOnlyList<MqttUser> Users { get; init; } = [];

    /// <summary>Messages that are retained from the start.</summary>
    public IReadOnlyList<MqttRetained> Messages { get; init; } = [];

    /// <summary>The return code of every CONNACK; 0: who may connect does.</summary>
    public int Code { get; init; }

    /// <summary>It takes every packet and sends none.</summary>
    public bool IsSilent { get; init; }

    public bool Equals(MqttBroker? other) => other is not null && Users.SequenceEqual(other.Users)
        && Messages.SequenceEqual(other.Messages) && Code == other.Code && IsSilent == other.IsSilent;

    public override int GetHashCode() => HashCode.Combine(Users.Count, Messages.Count, Code, IsSilent);
}

/// <summary>Who may connect.</summary>
internal sealed record MqttUser(string Name, string Password);

/// <summary>A message that a topic keeps for new subscribers.</summary>
internal sealed record MqttRetained(string Topic, ReadOnlyMemory<byte> Payload, int Quality)
{
    public bool Equals(MqttRetained? other) => other is not null && Topic == other.Topic
        && Payload.Span.SequenceEqual(other.Payload.Span) && Quality == other.Quality;

    public override int GetHashCode() => HashCode.Combine(Topic, Quality);
}
