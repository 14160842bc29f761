using System.Globalization;
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

    /// <summary>Calls of functions that the model does not have: one entry for each function and place.</summary>
    public IReadOnlyList<UnmodelledCall> NotModelled { get; init; } = [];

    /// <summary>Names that a module asked for and no service has, each once.</summary>
    public IReadOnlyList<UnknownHost> UnknownHosts { get; init; } = [];

    /// <summary>
    /// What the model noticed besides: lost bytes, full queues, acts without a defined effect; each text once.
    /// </summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>A start that no supply explains.</summary>
    /// <param name="Reason">As the modem reports it, or <see cref="StartReason.Unknown"/>.</param>
    /// <param name="Cause">In words: by the report, else by what was seen before.</param>
    public sealed record Reset(TimeSpan At, string Modem, StartReason Reason, string Cause);

    /// <summary>Calls of a function that the model does not have, from one line of a script.</summary>
    /// <param name="Function">As the script called it: "gpio.setup", "pm.request(pm.LIGHT)".</param>
    /// <param name="Place">"main.lua:9"; "" where it is not known.</param>
    /// <param name="Count">How often at least; exact up to 64 calls between two starts of the module.</param>
    public sealed record UnmodelledCall(string Modem, string Function, string Place, int Count)
    {
        internal int SinceStart { get; init; }

        /// <summary>It is a stub: the script got what a table says.</summary>
        public bool IsStubbed { get; init; }

        /// <summary>
        /// Whether it is a stub, or a list of functions holds this one, with or without its arguments, or "all".
        /// </summary>
        public bool IsAllowed(IReadOnlyCollection<string> functions)
        {
            ArgumentNullException.ThrowIfNull(functions);
            return IsStubbed || functions.Contains("all") || functions.Contains(Function)
                || functions.Contains(Function.Split('(')[0]);
        }

        /// <summary>"gpio.setup at main.lua:9, 3 times".</summary>
        public override string ToString()
        {
            var place = Place.Length > 0 ? $" at {Place}" : "";
            var least = Count > 64 ? "at least " : "";
            var count = Count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{least}{Count} times");
            return $"{Function}{place}, {count}";
        }
    }

    /// <summary>An error that the firmware logged.</summary>
    /// <param name="ExitsVm">It ended the Lua VM; otherwise it killed a task.</param>
    public sealed record ScriptError(TimeSpan At, string Modem, bool ExitsVm, string Message);
}
