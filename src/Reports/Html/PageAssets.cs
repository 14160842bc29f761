using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AirHil.Reports.Html;

/// <summary>
/// The page's own parts. Its policy names the one script and the one style by their hashes, so that nothing else in
/// the file can ever run.
/// </summary>
internal static class PageAssets
{
    private static readonly string[] ScriptNames =
        ["decode.js", "session.js", "lanes.js", "timeline.js", "draw.js", "events.js", "scenario.js", "page.js"];

    private static readonly Lazy<string> Style = new(() => Read("page.css"));

    private static readonly Lazy<string> Script = new(() =>
        "\"use strict\";\n(() => {\n" + string.Concat(ScriptNames.Select(Read)) + "})();\n");

    private static readonly Lazy<string> Body = new(() => Read("body.html"));

    /// <summary>Everything before the data.</summary>
    /// <param name="connects">Whether the page may ask the server that it came from.</param>
    internal static void WriteHead(TextWriter output, string title, bool connects)
    {
        output.Write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        output.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        output.Write($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy(connects)}\">\n");
        output.Write($"<title>{WebUtility.HtmlEncode(title)} · AirHil</title>\n");
        output.Write("<link rel=\"icon\" href=\"data:,\">\n");
        output.Write($"<style>{Style.Value}</style>\n</head>\n<body>\n{Body.Value}");
    }

    /// <summary>The data that is not events, and the script.</summary>
    internal static void WriteTail(TextWriter output, JsonObject report)
    {
        // The default encoder writes <, > and & as \u00XX, so no text can end the element.
        output.Write($"<script type=\"application/json\" id=\"report\">{report.ToJsonString()}</script>\n");
        output.Write($"<script>{Script.Value}</script>\n</body>\n</html>\n");
    }

    private static string Policy(bool connects) =>
        $"default-src 'none'; img-src data:; script-src '{HashOf(Script.Value)}'; style-src '{HashOf(Style.Value)}'" +
        $"{(connects ? "; connect-src 'self'" : "")}; base-uri 'none'; form-action 'none'";

    private static string HashOf(string text) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream("page/" + name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
