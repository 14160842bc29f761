using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;

namespace AirHil.Steps.Tests.Drivers;

/// <summary>The client's texts reach the module and the service byte for byte, whatever is in them.</summary>
public sealed class ClientScriptTests
{
    private const string Url = "ws://client.test/x";

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("{\"a\":\"b\"}", "{\"a\":\"b\"}")]
    [InlineData(@"back\\slash", @"back\slash")]
    [InlineData(@"two\r\nlines", "two\r\nlines")]
    [InlineData("it's \"quoted\" ]] --", "it's \"quoted\" ]] --")]
    [InlineData(@"nul\0byte and tab\t", "nul\0byte and tab\t")]
    [InlineData("中文", "中文")]
    public async Task A_text_to_send_arrives_as_it_was_written(string written, string sent)
    {
        await using var bench = await Started(ClientScript.For(Url, sendOnce: written));

        var seen = await bench.Expect(Match.Event("ws.text.in"), TimeSpan.FromSeconds(10));

        System.Text.Encoding.UTF8.GetString(seen.Event.Bytes.Span).ShouldBe(sent);
    }

    [Fact]
    public async Task A_header_text_reaches_the_upgrade_request()
    {
        await using var bench = await Started(ClientScript.For(Url, headerText: @"X-One: ""a""\r\nX-Two: b\r\n"));

        var seen = await bench.Expect(Match.Event("ws.upgrade"), TimeSpan.FromSeconds(10));

        System.Text.Encoding.UTF8.GetString(seen.Event.Bytes.Span).ShouldContain("\r\nX-One: \"a\"\r\nX-Two: b\r\n");
    }

    private static async Task<Bench> Started(string script)
    {
        var bench = new Bench();
        bench.AddService(Url, new Rig.Service.EchoFrames());
        bench.Firmware(FirmwareSource.FromText(script));
        await bench.ApplyPower();
        return bench;
    }
}
