using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AirHil.Cli.Tests.Commands.HuntCommands;

/// <summary>The page of a hunt as a browser would build it.</summary>
public sealed class HuntPageTests
{
    private const string Script =
        """
        sys = require("sys")
        uart.setup(1, 115200, 8, 1)
        local up = false
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          local client = websocket.create(nil, "ws://meter.example/feed")
          client:on(function(_, event)
            if event == "conack" then up = true elseif event == "disconnect" then up = false end
          end)
          uart.on(1, "receive", function(id)
            local no = uart.read(id, 100):match("<R&(%d+)>")
            if up and no then client:send(json.encode({no = tonumber(no)})) end
          end)
          client:connect()
        end)
        sys.run()
        """;

    [Fact]
    public async Task Its_parts_are_in_order_and_its_pictures_have_nothing_outside()
    {
        using var folder = new TempFolder();
        folder.Script(Script);
        (await Airhil.In(folder, "hunt", "firmware", "--schedules", "128")).ShouldExitWith(1);
        var text = File.ReadAllText(Path.Combine(folder.Path, "airhil-hunt", "hunt.html"));
        var page = XDocument.Parse(Regex.Replace(text, "<meta ([^>]*)>", "<meta $1/>")
            .Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));

        page.Descendants("script").ShouldBeEmpty();
        page.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src" || IsHandler(a)).ShouldBeEmpty();
        page.Descendants("meta").Select(m => (string?)m.Attribute("name")).ShouldContain("viewport");

        var parts = page.Root!.Element("body")!.Elements().ToArray();
        parts[0].Name.LocalName.ShouldBe("h1");
        var titles = parts.Where(part => part.Name.LocalName == "h3").ToArray();
        titles[^2..].Select(title => title.Value).ShouldBe(["What was tried", "What was seen"]);
        var findings = titles[..^2];
        findings.Select(title => (string?)title.Attribute("class")).Distinct().ShouldBe(["bad", "maybe"]);
        foreach (var finding in findings)
        {
            var own = finding.ElementsAfterSelf().TakeWhile(part => part.Name.LocalName is not "h3").ToArray();
            own.Count(part => (string?)part.Attribute("class") == "chart").ShouldBe(2, "as drawn, and shrunk");
            own[^1].Value.ShouldStartWith("airhil test ");
        }

        page.Descendants("svg").ShouldNotBeEmpty();
        foreach (var picture in page.Descendants("svg")) IsWhole(picture);
        foreach (var row in page.Descendants("tr").Skip(1)) row.Elements("td").Count().ShouldBe(5);
    }

    /// <summary>All is within the picture; a label ends before the axis.</summary>
    private static void IsWhole(XElement picture)
    {
        var box = ((string)picture.Attribute("viewBox")!).Split(' ').Select(Number).ToArray();
        foreach (var rect in picture.Descendants("rect"))
        {
            var x = Number((string?)rect.Attribute("x") ?? "0");
            (x + Number((string)rect.Attribute("width")!)).ShouldBeInRange(0, box[2]);
            var y = Number((string?)rect.Attribute("y") ?? "0");
            (y + Number((string)rect.Attribute("height")!)).ShouldBeInRange(0, box[3]);
        }

        foreach (var text in picture.Descendants("text"))
        {
            const double Letter = 6.8;
            var (x, wide) = (Number((string)text.Attribute("x")!), Letter * text.Value.Length);
            var start = (string?)text.Attribute("text-anchor") switch
            {
                "end" => x - wide,
                "middle" => x - (wide / 2),
                _ => x,
            };
            start.ShouldBeGreaterThanOrEqualTo(0, text.Value);
            (start + wide).ShouldBeLessThanOrEqualTo(box[2], text.Value);
            Number((string)text.Attribute("y")!).ShouldBeInRange(0, box[3]);
        }

        foreach (var line in picture.Descendants("polyline"))
        {
            foreach (var point in ((string)line.Attribute("points")!).Split(' '))
            {
                var place = point.Split(',').Select(Number).ToArray();
                place[0].ShouldBeInRange(0, box[2]);
                place[1].ShouldBeInRange(0, box[3]);
            }
        }
    }

    private static bool IsHandler(XAttribute attribute) =>
        attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
