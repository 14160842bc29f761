using System.CommandLine;
using AirHil.Cli.Lua;
using AirHil.Cli.Streams;
using AirHil.Cli.Usage;

namespace AirHil.Cli.Commands;

/// <summary>`airhil lua`: a plain Lua file on the engine, with the host's files and processes at its command.</summary>
internal static class LuaCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A Lua file; - is standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var arguments = new Argument<string[]>("ARGS")
        {
            Description = "What the file gets as '...' and in 'arg'; after -- they may begin with a dash.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var chunks = new Option<string[]>("-e")
        {
            Description = "Runs this chunk before the file; any number of times.",
            HelpName = "CHUNK",
        };
        var bits = new Option<int?>("--bits")
        {
            Description = "Lua numbers: 64 if left out, 32 with --module.",
            HelpName = "32|64",
        };
        bits.AcceptOnlyFromAmong("32", "64");
        var module = new Option<bool>("--module")
        {
            Description = "As on the module: its libraries, its number texts, its heap limit; no io, no host.",
        };
        var command = new Command("lua", "Run a plain Lua file on the engine, with the full standard libraries.")
        {
            file, arguments, chunks, bits, module,
        };
        command.SetAction((parsed, cancel) =>
        {
            var script = parsed.GetValue(file);
            var before = parsed.GetValue(chunks) ?? [];
            if (script is null && before.Length == 0) throw new UsageException("lua: give a FILE, or a chunk with -e");
            var isModule = parsed.GetValue(module);
            return Task.FromResult(Run(
                terminal, script, parsed.GetValue(arguments) ?? [], before,
                parsed.GetValue(bits) ?? (isModule ? 32 : 64), isModule, cancel));
        });
        return command;
    }

    private static int Run(
        Terminal terminal, string? script, string[] arguments, string[] chunks, int bits, bool isModule,
        CancellationToken cancel)
    {
        var folder = script is null or "-" ? "." : Path.GetDirectoryName(script) is { Length: > 0 } given ? given : ".";
        using var program = new LuaProgram(terminal, bits, isModule, folder, cancel);
        var code = 0;
        try
        {
            program.SetArguments(script ?? "", arguments);
            foreach (var chunk in chunks)
            {
                code = program.Run(System.Text.Encoding.UTF8.GetBytes(chunk), "=(command line)", []);
                if (code != 0) break;
            }

            if (code == 0 && script is not null)
            {
                code = RunScript(terminal, program, script, arguments);
            }

            program.CloseState();
        }
        catch (ExitRequest exit)
        {
            code = exit.Code;
            if (exit.ClosesState) program.CloseState();
        }

        return code & 0xFF;
    }

    private static int RunScript(Terminal terminal, LuaProgram program, string script, string[] arguments)
    {
        byte[] content;
        try
        {
            content = script == "-" ? StandardInput(terminal) : ScriptFile.Read(script);
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return program.Fail($"cannot open {script}: {HostError.Of(e).Message}");
        }

        return program.Run(content, script == "-" ? "=stdin" : "@" + script, arguments);
    }

    private static byte[] StandardInput(Terminal terminal)
    {
        using var input = terminal.OpenInput();
        return ScriptFile.Read(input, "standard input");
    }
}
