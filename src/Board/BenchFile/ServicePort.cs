namespace AirHil.Board.BenchFile;

/// <summary>The real port of a service.</summary>
/// <param name="Host">The service's host, as scripts and features have it in its URL.</param>
/// <param name="Port">Its port, as its URL has it.</param>
/// <param name="ListenPort">Where the rig listens for it.</param>
public sealed record ServicePort(string Host, int Port, int ListenPort);
