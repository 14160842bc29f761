using System.Text.RegularExpressions;
using AirHil.Rig.Properties;

namespace AirHil.Hunt.Triage;

/// <summary>
/// What findings are grouped by: the clause, how it was broken without the numbers, and how far the module had come
/// with its last connection.
/// </summary>
/// <param name="How">As the violation tells it, with # in the place of numbers and texts.</param>
/// <param name="State">In words.</param>
/// <param name="Truth">What V1112 does to every script in that state; null: it is the script's own.</param>
public sealed partial record Cause(string Clause, string How, string State, FirmwareTruth? Truth)
{
    /// <summary>How long a state must last until it is taken for one without an end.</summary>
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(60);

    internal static Cause Of(Violation violation, LastState state, TimeSpan now)
    {
        var truth = !violation.Property.IsLively ? null
            : violation.Property is EveryTextArrives { To: { Kind: PlaceKind.Phone } to } arrives && state.HasLostSms(
                to.Name, text => violation.Awaited is not { } awaited || arrives.Is(text, awaited))
                ? FirmwareTruth.LostSms
            : violation.Property is EveryTextArrives { From: { Kind: PlaceKind.Uart } from }
                && state.HasLostBytes(from.Port) ? FirmwareTruth.FullUart
            : now - state.Since >= Hangs ? FirmwareTruth.Hangs.FirstOrDefault(t => t.State == state.Words)
            : null;
        return truth is not null
            ? new Cause("", "", truth.State, truth)
            : new Cause(
                violation.Property.Clause,
                // Whether a text ever came before they stopped coming is of the moment, not of the cause.
                violation.Property is KeepsComing ? "" : Numbers().Replace(violation.How, "#"),
                violation.Property.IsLively ? state.Words : "", null);
    }

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|[0-9][0-9.:]*( (ms|s|min|h)\\b)?|-?\\b0x[0-9a-fA-F]+")]
    private static partial Regex Numbers();
}
