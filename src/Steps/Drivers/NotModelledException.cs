using AirHil.Rig.Sessions;

namespace AirHil.Steps.Drivers;

/// <summary>The script called functions that the model does not have. Its run proves nothing about them.</summary>
/// <param name="calls">One for each function and place.</param>
internal sealed class NotModelledException(IReadOnlyList<RunSummary.UnmodelledCall> calls) : Exception(Text(calls))
{
    private const int MostShown = 10;

    private static string Text(IReadOnlyList<RunSummary.UnmodelledCall> calls)
    {
        var more = calls.Count > MostShown ? $"\n  and {calls.Count - MostShown} more" : "";
        string[] names = [.. calls.Select(call => call.Function.Split('(')[0]).Distinct(StringComparer.Ordinal)];
        return "the script called functions that the virtual module does not have:\n" +
            string.Join('\n', calls.Take(MostShown).Select(call => $"  {call}")) + more +
            "\nEach call raised an error, which the script may have caught. To accept the calls, use " +
            $"--allow-unmodelled {string.Join(',', names)}, or the step: Given the script may call " +
            $"\"{names[0]}\" although it is not modelled";
    }
}
