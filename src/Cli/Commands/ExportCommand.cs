using System.CommandLine;
using AirHil.Cli.Output;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Reports.Capture;
using AirHil.Reports.Html;
using AirHil.Reports;
using AirHil.Reports.Waves;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Commands;

/// <summary>`airhil export`: a recorded session in the formats of other tools.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var session = new Argument<string>("SESSION") { Description = "A recorded session." };
        var html = File("--html", "The timeline as a page that works offline.");
        var pcapng = File("--pcapng", "Packets and serial bytes, for Wireshark.");
        var vcd = File("--vcd", "Signals over time, for GTKWave and PulseView.");
        var command = new Command("export", "Write a recorded session for a browser, Wireshark or GTKWave.")
        {
            session, html, pcapng, vcd,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(session)!;
            var (page, packets, waves) = (parsed.GetValue(html), parsed.GetValue(pcapng), parsed.GetValue(vcd));
            if (page is null && packets is null && waves is null)
            {
                throw new UsageException("nothing to write: name a file with --html, --pcapng or --vcd");
            }

            OutputPath.Check([path], ("--html", page), ("--pcapng", packets), ("--vcd", waves));
            var header = Header(path);
            if (page is not null) HtmlReport.Write(page, Report(terminal.Error, path, header));
            if (packets is not null) Export(terminal.Error, path, e => PcapngExport.Write(packets, e, header.Start));
            if (waves is not null) Export(terminal.Error, path, e => VcdExport.Write(waves, e, header.UartBaud));
            return ExitCode.Passed;
        });
        return command;
    }

    /// <summary>A session's page; with another session below it where they were compared.</summary>
    public static ReportData Report(
        TextWriter error, string path, SessionHeader header, ReportComparison? comparison = null)
    {
        var scenario = new ReportScenario
        {
            Title = header.Title,
            Seed = header.Seed,
            Session = Session(error, path, header),
            Comparison = comparison,
            Repeat = header.Exact ? $"airhil replay {ShellWords.Path(path)}" : "",
        };
        return new ReportData
        {
            Title = header.Title.Length > 0 ? header.Title : Path.GetFileName(path),
            Target = header.Target,
            Seed = header.Seed,
            Scenarios = [scenario],
        };
    }

    /// <summary>A recorded session as reports draw it.</summary>
    public static ReportSession Session(TextWriter error, string path, SessionHeader header) =>
        new(path, Events(error, path)) { StartDate = header.Start };

    public static SessionHeader Header(string path)
    {
        using var reader = SessionFile.Open(path);
        return reader.Header;
    }

    private static void Export(TextWriter error, string path, Action<IEnumerable<Modem.Sessions.SessionEvent>> write)
    {
        try
        {
            write(Events(error, path));
        }
        catch (SessionFormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static IEnumerable<Modem.Sessions.SessionEvent> Events(TextWriter error, string path)
    {
        using var reader = SessionFile.Open(path);
        foreach (var e in reader.ReadEvents()) yield return e;
        SessionFile.TellRepairs(error, reader.Repairs);
    }

    private static Option<string?> File(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE",
    };
}
