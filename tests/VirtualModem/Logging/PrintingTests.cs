using System.Text;

using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Tests.Logging;

/// <summary>How the texts of one print become records (reference §1.4).</summary>
public sealed class PrintingTests
{
    [Theory]
    [InlineData(new int[0], new int[0])]
    [InlineData(new[] { 3 }, new[] { 3 })]
    [InlineData(new[] { 3, 4 }, new[] { 8 })] // a TAB between them
    [InlineData(new[] { 511 }, new[] { 511 })]
    [InlineData(new[] { 512 }, new[] { 512 })] // not collected, but it is a record all the same
    [InlineData(new[] { 255, 255 }, new[] { 511 })]
    [InlineData(new[] { 255, 256 }, new[] { 256, 256 })] // the first part leaves with its TAB
    [InlineData(new[] { 10, 600, 10 }, new[] { 11, 600, 11 })]
    public void Texts_collect_up_to_511_bytes(int[] texts, int[] records) =>
        Printing.Records(texts.Select(length => (ReadOnlyMemory<byte>)new byte[length]))
            .Select(record => record.Length).ShouldBe(records);

    [Fact]
    public void A_tab_stands_between_two_texts() =>
        Encoding.ASCII.GetString(Printing.Records(["a"u8.ToArray(), "b"u8.ToArray()]).Single().Span).ShouldBe("a\tb");
}
