using System.CommandLine;
using System.CommandLine.Parsing;
using AirHil.Board.BenchFile;

namespace AirHil.Cli.Usage;

/// <summary>Tells what was wrong with the command line.</summary>
internal static class UsageErrors
{
    /// <summary>One line an error, and where to read on.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(TextWriter output, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command is RootCommand root)
        {
            var names = string.Join(", ", root.Subcommands.Select(c => c.Name));
            var wrong =
                parsed.UnmatchedTokens is [var first, ..]
                    ? $"there is no command or option '{first}'"
                    : "a command is missing";
            output.WriteLine($"airhil: {wrong}; the commands are {names}");
            output.WriteLine("airhil: `airhil --help` shows how it is meant");
            return ExitCode.Usage;
        }

        foreach (var error in parsed.Errors) output.WriteLine($"airhil: {error.Message}");
        foreach (var word in UnknownOptions(parsed))
        {
            var hint = NearestName.Hint(word, command.Options.Select(option => option.Name));
            output.WriteLine($"airhil: there is no option '{word}'{hint}");
        }

        output.WriteLine($"airhil: `airhil {PathOf(parsed.CommandResult)} --help` shows how it is meant");
        return ExitCode.Usage;
    }

    /// <summary>
    /// Words that look like options and would be taken for files. Behind `--` they are files, and so is what is there.
    /// </summary>
    public static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        var known = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToHashSet();
        return parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Where(token => token.Value is ['-', _, ..] && known.Contains(token) && !Path.Exists(token.Value))
            .Select(token => token.Value);
    }

    /// <summary>The command with those that it belongs to: "bench emulate".</summary>
    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent
            ? $"{PathOf(parent)} {result.Command.Name}"
            : result.Command.Name;
}
