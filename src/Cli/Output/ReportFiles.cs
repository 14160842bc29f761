using AirHil.Cli.Orders;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Bindings;
using AirHil.Reports;
using AirHil.Reports.Html;
using AirHil.Reports.JUnit;
using AirHil.Reports.Messages;
using AirHil.Rig.Files;

namespace AirHil.Cli.Output;

/// <summary>The files that `airhil test` leaves: -o, --junit, --messages.</summary>
internal sealed class ReportFiles : IDisposable
{
    private readonly FolderHold? _hold;
    private readonly string? _html;
    private readonly string? _junit;
    private readonly string? _messages;

    private ReportFiles(TestOrder order)
    {
        _hold = order.Output is null ? null : FolderHold.Take(order.Output);
        _html = In(order.Output, "report", ".html");
        _junit = order.JUnit ?? In(order.Output, "junit", ".xml");
        _messages = order.Messages ?? In(order.Output, "messages", ".ndjson");
    }

    /// <summary>Whether the events of the scenarios must be kept for them.</summary>
    public bool NeedEvents => _html is not null;

    /// <summary>Tries them out, so that a path that cannot be written to is known before the run.</summary>
    /// <exception cref="UsageException">There can be no such folder or file.</exception>
    public static ReportFiles Open(TestOrder order)
    {
        OutputPath.CheckFolder("-o", order.Output);
        OutputPath.CheckFolder("--record", order.Record);
        var path = order.Output;
        try
        {
            var files = new ReportFiles(order);
            OutputPath.Check(
                [], ("--coverage", order.Coverage), ("--junit", files._junit), ("--messages", files._messages),
                ("-o", files._html));
            foreach (var file in (string?[])[files._junit, files._messages, files._html])
            {
                path = file;
                if (file is not null) WholeFile.TryOut(file);
            }

            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be written: {e.Message}");
        }
    }

    /// <summary>Writes them, the one that others wait for first.</summary>
    /// <param name="summary">Tells the results, which is as important.</param>
    public void Write(ReportData data, StepCatalogue steps, TextWriter error, Endings endings, Action summary)
    {
        if (_junit is not null) endings.Do(() => JUnitReport.Write(_junit, data));
        endings.Do(summary);
        if (_messages is not null) endings.Do(() => CucumberMessages.Write(_messages, data, steps));
        if (_html is null) return;
        endings.Do(() =>
        {
            HtmlReport.Write(_html, data);
            error.WriteLine($"report: {_html}");
        });
    }

    public void Dispose() => _hold?.Dispose();

    private string? In(string? folder, string name, string end) =>
        folder is null ? null : Path.Combine(folder, name + _hold?.Suffix + end);
}
