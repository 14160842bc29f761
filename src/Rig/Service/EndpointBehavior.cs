namespace AirHil.Rig.Service;

/// <summary>
/// How an endpoint answers, as a value: it describes, and what a service remembers of its clients is elsewhere. Each
/// protocol has its own kinds.
/// </summary>
public abstract record EndpointBehavior;
