using AirHil.Rig.Service.Http;

namespace AirHil.Rig.Tests.Service.Http;

public sealed class HttpRequestHeadTests
{
    [Fact]
    public void Names_are_found_in_any_case_and_spaces_around_a_value_are_taken_away()
    {
        var head = HttpRequestHead.Parse(
            "GET /a/b?c=d HTTP/1.1\r\nHost:  a.test \r\nno header\r\nConnection: keep-alive, Upgrade\r\n\r\n"u8)
            .ShouldNotBeNull();

        (head.Method, head.Target, head.Path, head.Version).ShouldBe(("GET", "/a/b?c=d", "/a/b", "HTTP/1.1"));
        head["hOST"].ShouldBe("a.test");
        head["Origin"].ShouldBeNull();
        head.Headers.Count.ShouldBe(2);
        head.HasToken("connection", "upgrade").ShouldBeTrue();
        head.HasToken("connection", "up").ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /\r\n\r\n")]
    [InlineData("GET  HTTP/1.1\r\n\r\n")]
    [InlineData("GET / FTP/1.1\r\n\r\n")]
    public void Without_a_request_line_there_is_no_head(string text) =>
        HttpRequestHead.Parse(System.Text.Encoding.ASCII.GetBytes(text)).ShouldBeNull();
}
