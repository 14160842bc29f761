using System.Text;
using AirHil.Rig.Service.WebSocket;

namespace AirHil.Rig.Tests.Service.WebSocket;

/// <summary>RFC 6455 §5.7, and the three length forms.</summary>
public sealed class WebSocketFrameTests
{
    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    [Fact]
    public void An_unmasked_text_is_written_as_in_the_standard() =>
        WebSocketFrame.Text("Hello").Encode().ShouldBe([0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]);

    [Fact]
    public void A_masked_text_is_written_and_read_as_in_the_standard()
    {
        byte[] wire = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58];
        WebSocketFrame.Text("Hello").Encode(Mask).ShouldBe(wire);
        var reader = new WebSocketFrameReader(100);
        reader.Append(wire);
        reader.TryRead(out var frame).ShouldBeTrue();
        (frame.Opcode, frame.Final, Encoding.UTF8.GetString(frame.Payload.Span))
            .ShouldBe((WebSocketOpcode.Text, true, "Hello"));
        reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public void Fragments_and_a_ping_are_written_as_in_the_standard()
    {
        new WebSocketFrame(WebSocketOpcode.Text, "Hel"u8.ToArray(), false).Encode()
            .ShouldBe([0x01, 0x03, 0x48, 0x65, 0x6C]);
        new WebSocketFrame(WebSocketOpcode.Continuation, "lo"u8.ToArray()).Encode().ShouldBe([0x80, 0x02, 0x6C, 0x6F]);
        new WebSocketFrame(WebSocketOpcode.Ping, "Hello"u8.ToArray()).Encode()
            .ShouldBe([0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]);
    }

    [Theory]
    [InlineData(125, new byte[] { 0x82, 125 })]
    [InlineData(126, new byte[] { 0x82, 126, 0, 126 })]
    [InlineData(256, new byte[] { 0x82, 126, 1, 0 })]
    [InlineData(65_535, new byte[] { 0x82, 126, 255, 255 })]
    [InlineData(65_536, new byte[] { 0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0 })]
    public void Lengths_take_the_shortest_form_and_read_back(int length, byte[] head)
    {
        var frame = new WebSocketFrame(WebSocketOpcode.Binary, new byte[length]);
        frame.Encode()[..head.Length].ShouldBe(head);
        frame.Encode().Length.ShouldBe(head.Length + length);
        var reader = new WebSocketFrameReader(65_536);
        reader.Append(frame.Encode(Mask));
        reader.TryRead(out var read).ShouldBeTrue();
        read.Payload.Length.ShouldBe(length);
        read.Payload.Span.ContainsAnyExcept((byte)0).ShouldBeFalse();
    }

    [Fact]
    public void A_mask_has_four_bytes() => Should.Throw<ArgumentException>(() => WebSocketFrame.Text("x").Encode([1]));

    [Theory]
    [InlineData("x3JJHMbDL1EzLkh9GBhXDw==", "HSmrc0sMlYUkAGmm5OPpG2HaGWk=")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")]
    public void Accept_keys_are_the_published_ones(string key, string accept) =>
        UpgradeAnswer.AcceptKey(key).ShouldBe(accept);
}
