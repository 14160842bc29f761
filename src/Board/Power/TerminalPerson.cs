namespace AirHil.Board.Power;

/// <summary>The person at the terminal, who answers with the Enter key.</summary>
/// <param name="isThere">Whether the input is a terminal, so that somebody can answer.</param>
internal sealed class TerminalPerson(TextReader input, TextWriter output, bool isThere) : IPerson
{
    /// <summary>At this process's terminal; the request goes to the error output, so that results stay clean.</summary>
    public static TerminalPerson Instance { get; } = new(Console.In, Console.Error, !Console.IsInputRedirected);

    public bool IsThere => isThere;

    public async Task AskAsync(string request, CancellationToken cancel)
    {
        if (!isThere)
        {
            throw new PowerSwitchException(
                $"somebody should do this, and there is no terminal to ask at: {request}. Run it in a terminal, or "
                + "name a way without a person in the bench file");
        }

        await output.WriteLineAsync($"{request}, then press Enter".AsMemory(), cancel);
        // A read of the console cannot be called off, so it is left behind if the run ends.
        var answer = await Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(cancel);
        if (answer is null) throw new PowerSwitchException($"the terminal was closed before this was done: {request}");
    }
}
