using System.Security.Cryptography;
using System.Text;
using AirHil.VirtualModem.Displays;

namespace AirHil.VirtualModem.Tests.Displays;

/// <summary>QR codes as V1112's own library makes them: sizes, and hashes of the modules as 0 and 1.</summary>
public sealed class QrCodeTests
{
    [Theory]
    [InlineData("https://wiki.luatos.com", 1, 25, "1D1D3955882E3AEE")]
    [InlineData("12345", 1, 21, "480EFF203345A04B")]
    [InlineData("HELLO-WORLD", 1, 21, "C266C151A3A06C43")]
    [InlineData("a", 1, 21, "4F0490DA33127A09")]
    [InlineData("8675309", 20, 33, "0311A2E0897267C7")]
    [InlineData("A1$", 40, 37, "5394C11FE991DAB3")]
    [InlineData("xyz", 100, 61, "EA6B21F44448556A")]
    [InlineData("0", 3000, 117, "EA607105AC7850CF")]
    [InlineData("q", 2000, 149, "EB17F5AB5FBE674C")]
    [InlineData("Hello,World", 30, 65, "0F937E51110B2B85")]
    public void A_text_becomes_a_code(string text, int times, int size, string hash)
    {
        var code = QrCode.Of(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, times))))!;
        code.Size.ShouldBe(size);
        var modules = new StringBuilder();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++) modules.Append(code[x, y] ? '1' : '0');
        }

        Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(modules.ToString())))[..16].ShouldBe(hash);
    }

    [Fact]
    public void Too_long_a_text_becomes_none() =>
        QrCode.Of(Encoding.ASCII.GetBytes(new string('a', 3000))).ShouldBeNull();
}
