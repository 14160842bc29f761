using AirHil.Modem.Messages;

namespace AirHil.Rig.Sessions;

/// <summary>
/// What a run came to, for its last words. Lists hold the first <see cref="MostListed"/> of their kind.
/// </summary>
/// <param name="Simulated">How much of the run's time has passed.</param>
/// <param name="Events">How many events were recorded.</param>
/// <param name="Hash">SHA-256 over them, 64 hex digits.</param>
public sealed record RunSummary(TimeSpan Simulated, long Events, string Hash)
{
    /// <summary>How many entries a list holds at most.</summary>
    public const int MostListed = 1000;

    /// <summary>Every start of a module but those by its supply.</summary>
    public IReadOnlyList<Reset> Resets { get; init; } = [];

    /// <summary>VM exits and task errors.</summary>
    public IReadOnlyList<ScriptError> Errors { get; init; } = [];

    /// <summary>Functions of the firmware that a script called and the model does not have, each once.</summary>
    public IReadOnlyList<string> NotModelled { get; init; } = [];

    /// <summary>Names that a module asked for and no service has, each once.</summary>
    public IReadOnlyList<string> UnknownHosts { get; init; } = [];

    /// <summary>
    /// What the model noticed besides: lost bytes, full queues, acts without a defined effect; each text once.
    /// </summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>A start that no supply explains.</summary>
    /// <param name="Reason">As the modem reports it, or <see cref="StartReason.Unknown"/>.</param>
    /// <param name="Cause">In words: by the report, else by what was seen before.</param>
    public sealed record Reset(TimeSpan At, string Modem, StartReason Reason, string Cause);

    /// <summary>An error that the firmware logged.</summary>
    /// <param name="ExitsVm">It ended the Lua VM; otherwise it killed a task.</param>
    public sealed record ScriptError(TimeSpan At, string Modem, bool ExitsVm, string Message);
}
