using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using AirHil.Board;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Live.Remote;
using AirHil.Rig.Files;
using AirHil.Rig.Runs;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench serve`: offers the boards of this machine to others.</summary>
internal static class ServeCommand
{
    private const int MostKeyBytes = 1 << 20;
    private const int LeastToken = 8;
    private const int MostToken = 1_000;

    /// <param name="resolve">The target behind a board's name ("virtual", "board:emulated", "board:NAME"), and
    /// the bench file's path where one is given.</param>
    /// <param name="known">The boards of that bench file, which are offered where none is named.</param>
    public static Command Create(
        Terminal terminal, Func<string, string?, IModemTarget> resolve, Func<string?, IReadOnlyList<string>> known)
    {
        var boards = new Argument<string[]>("BOARD")
        {
            Description = "What to offer: virtual, board:emulated, board:NAME; all of the bench file if none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var listen = new Option<string?>("--listen")
        {
            Description = "Where to listen, 127.0.0.1:7800 if left out; an address that others can reach needs a " +
                "token and a certificate.",
            HelpName = "HOST:PORT",
        };
        var file = BenchArguments.File();
        var token = new Option<string?>("--token-file")
        {
            Description = "A file with the token that clients must know.",
            HelpName = "FILE",
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "The certificate for TLS with its key: PEM, both in one file, or PKCS #12 without password.",
            HelpName = "FILE",
        };
        var verbose = new Option<bool>("-v", "--verbose")
        {
            Description = "Print what happens, even if standard output is not a terminal.",
        };
        var command = new Command("serve", "Offer boards of this machine to other machines over WebSocket.")
        {
            boards, file, listen, token, certificate, verbose,
        };
        command.SetAction((parsed, cancel) =>
        {
            terminal.InterruptedCode = ExitCode.Passed;
            return RunAsync(
                terminal.Out,
                parsed.GetValue(boards) is { Length: > 0 } named ? named : known(parsed.GetValue(file)),
                name => resolve(name, parsed.GetValue(file)),
                new BenchServerOptions
                {
                    Listen = Address(parsed.GetValue(listen)),
                    Token = Token(parsed.GetValue(token)),
                    Certificate = Certificate(terminal, parsed.GetValue(certificate)),
                    Tell = Teller(terminal, parsed.GetValue(verbose)),
                },
                cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        TextWriter output, IReadOnlyList<string> names, Func<string, IModemTarget> resolve,
        BenchServerOptions options, CancellationToken cancel)
    {
        if (names.Count == 0)
        {
            throw new UsageException("there is no board to offer: name some, as 'airhil bench serve board:emulated'");
        }

        Check(options);
        // A machine whose client is slow blocks its thread. With a thread for each, the others go on.
        ThreadPool.SetMinThreads(BenchServer.MostModems, BenchServer.MostModems);
        var targets = new List<KeyValuePair<string, IModemTarget>>();
        try
        {
            foreach (var name in names.Distinct(StringComparer.Ordinal))
            {
                var target = resolve(name);
                targets.Add(new(name, target));
                // Clients must not learn only by skipped scenarios that a run on this machine has it.
                if (target is BoardTarget board) await BenchBoards.HoldAsync(board, cancel);
            }

            await using var server = await BenchServer.StartAsync(targets, options, cancel);
            Announce(output, server, options);
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            catch (OperationCanceledException)
            {
                // That is how a bench ends: by Ctrl-C or SIGTERM.
            }
        }
        finally
        {
            foreach (var (_, target) in targets)
            {
                if (target is IAsyncDisposable held) await held.DisposeAsync();
                else (target as IDisposable)?.Dispose();
            }
        }

        return ExitCode.Passed;
    }

    private static void Announce(TextWriter output, BenchServer server, BenchServerOptions options)
    {
        var host = options.Listen.Address is var ip && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? Dns.GetHostName()
            : server.Url.Host;
        var url = new UriBuilder(server.Url) { Host = host };
        foreach (var board in server.Boards)
        {
            url.Path = board.Name;
            output.WriteLine($"offers {board.Name}: airhil test --target {ShellWords.Quote($"remote:{url.Uri}")}");
        }

        if (options.Certificate?.Certificate is { } certificate)
        {
            output.WriteLine($"certificate SHA-256: {certificate.GetCertHashString(HashAlgorithmName.SHA256)}");
        }

        output.Flush();
    }

    private static Action<string> Teller(Terminal terminal, bool verbose)
    {
        if (terminal.IsOutputRedirected && !verbose) return _ => { };
        var gate = new object();
        return text =>
        {
            lock (gate)
            {
                terminal.Out.WriteLine(
                    $"{DateTime.Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {text}");
            }
        };
    }

    private static void Check(BenchServerOptions options)
    {
        if (IPAddress.IsLoopback(options.Listen.Address)) return;
        var missing = (options.Token, options.Certificate) switch
        {
            (null, null) => "--token-file and --certificate are",
            (null, _) => "--token-file is",
            (_, null) => "--certificate is",
            _ => null,
        };
        if (missing is null) return;
        throw new UsageException(
            $"--listen {options.Listen}: others can reach that address, so {missing} needed; a certificate of your " +
            $"own: openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN={Dns.GetHostName()} " +
            $"-keyout bench.pem -out bench.crt && cat bench.crt >> bench.pem");
    }

    private static IPEndPoint Address(string? text)
    {
        if (text is null) return new BenchServerOptions().Listen;
        if (text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase)) text = "127.0.0.1" + text[9..];
        return IPEndPoint.TryParse(text, out var address) && text.Contains(':', StringComparison.Ordinal)
            && (address.Port > 0 || text.EndsWith(":0", StringComparison.Ordinal))
            ? address
            : throw new UsageException(
                $"--listen: '{text}' is no HOST:PORT; give the IP address of an interface of this machine, as " +
                $"127.0.0.1:7800, 0.0.0.0:7800 or [::]:7800");
    }

    private static string? Token(string? path)
    {
        if (path is null) return null;
        var token = InputFile.ReadText(path, MostKeyBytes).Trim();
        return token.Length is >= LeastToken and <= MostToken && !token.Any(char.IsControl)
            ? token
            : throw new UsageException(
                $"--token-file '{path}': a token is one line of {LeastToken} to {MostToken} characters; make one by " +
                $"`openssl rand -hex 16 > {ShellWords.Path(path)}`");
    }

    private static CertificateFile? Certificate(Terminal terminal, string? path)
    {
        if (path is null) return null;
        try
        {
            var file = CertificateFile.Read(path, null);
            if (file.WhyOutOfDate(DateTimeOffset.Now) is { } reason)
            {
                terminal.Error.WriteLine($"airhil: --certificate '{path}' {reason}; clients need its --fingerprint");
            }

            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--certificate: {e.Message}");
        }
    }
}
