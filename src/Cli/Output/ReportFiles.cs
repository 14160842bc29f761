using AirHil.Cli.Orders;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Bindings;
using AirHil.Reports;
using AirHil.Reports.Html;
using AirHil.Reports.JUnit;
using AirHil.Reports.Messages;

namespace AirHil.Cli.Output;

/// <summary>The files that `airhil test` leaves: -o, --junit, --messages.</summary>
internal sealed class ReportFiles
{
    private readonly string? _html;
    private readonly string? _junit;
    private readonly string? _messages;

    private ReportFiles(TestOrder order)
    {
        _html = In(order.Output, "report.html");
        _junit = order.JUnit ?? In(order.Output, "junit.xml");
        _messages = order.Messages ?? In(order.Output, "messages.ndjson");
    }

    /// <summary>Whether the events of the scenarios must be kept for them.</summary>
    public bool NeedEvents => _html is not null;

    /// <summary>Sees to the folders, so that a path that cannot be written to is known before the run.</summary>
    /// <exception cref="UsageException">There can be no such folder.</exception>
    public static ReportFiles Open(TestOrder order)
    {
        var files = new ReportFiles(order);
        foreach (var path in (string?[])[files._html, files._junit, files._messages])
        {
            if (path is null || Path.GetDirectoryName(path) is not { Length: > 0 } folder) continue;
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"'{path}' cannot be written: {e.Message}");
            }
        }

        return files;
    }

    public void Write(ReportData data, StepCatalogue steps, TextWriter error)
    {
        if (_html is not null) HtmlReport.Write(_html, data);
        if (_junit is not null) JUnitReport.Write(_junit, data);
        if (_messages is not null) CucumberMessages.Write(_messages, data, steps);
        if (_html is not null) error.WriteLine($"report: {_html}");
    }

    private static string? In(string? folder, string name) => folder is null ? null : Path.Combine(folder, name);
}
