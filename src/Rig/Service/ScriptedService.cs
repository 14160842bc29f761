using AirHil.Rig.Peers;

namespace AirHil.Rig.Service;

/// <summary>A script of the user plays the endpoint, whatever protocol that speaks (docs/peers.md).</summary>
public sealed record ScriptedService(PeerScript Script) : EndpointBehavior;
