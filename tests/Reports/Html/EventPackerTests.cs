using System.IO.Compression;
using AirHil.Modem.Sessions;
using AirHil.Reports.Html;

namespace AirHil.Reports.Tests.Html;

/// <summary>The layout that the page's reader expects, byte by byte; the browser tests read it with the page.</summary>
public sealed class EventPackerTests
{
    private readonly EventPacker _packer = new();

    [Fact]
    public void A_pack_has_its_tables_its_pools_and_its_columns()
    {
        _packer.Add(new UartOut(TimeSpan.FromTicks(5), 1, "ab"u8.ToArray()));
        _packer.Add(new UartOut(TimeSpan.FromTicks(7), 1, "ab"u8.ToArray()));
        _packer.Count.ShouldBe(2);
        Convert.ToHexString(Inflated()).ShouldBe(string.Concat(
            "02", // events
            "01" + "03" + "08" + Convert.ToHexString("uart1.tx"u8), // kinds: lane, name
            "01" + "01" + Convert.ToHexString("1"u8), // modems
            "00", // moments
            "00", // texts: a line has none besides its bytes
            "01" + "02" + Convert.ToHexString("ab"u8), // payloads: equal ones are there once
            "0A04", // times: 5, then 2 more, zigzag
            "0000", "0000", "0000", // kind, modem, moment
            "0000", // text
            "0203", // payload: a new one, then that at place 1
            "0000")); // tick: none
    }

    [Fact]
    public void A_pack_needs_no_other()
    {
        var e = new LogLine(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), "I/user.a b"u8.ToArray());
        _packer.Add(e);
        var first = Inflated();
        _packer.Count.ShouldBe(0);
        _packer.Add(e);
        Inflated().ShouldBe(first);
    }

    [Fact]
    public void It_is_full_before_a_browser_has_too_much()
    {
        for (var i = 0; i < 5; i++)
        {
            _packer.IsFull.ShouldBeFalse();
            var bytes = new byte[16 << 20];
            bytes[0] = (byte)i;
            _packer.Add(new UartOut(TimeSpan.Zero, 1, bytes));
        }

        _packer.IsFull.ShouldBeTrue();
        _packer.Take();
        _packer.IsFull.ShouldBeFalse();
    }

    private byte[] Inflated()
    {
        using var inflate = new DeflateStream(new MemoryStream(_packer.Take()), CompressionMode.Decompress);
        using var output = new MemoryStream();
        inflate.CopyTo(output);
        return output.ToArray();
    }
}
