using System.Text.Json;
using AirHil.Rig.Scenarios;
using CsCheck;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class PayloadsTests
{
    [Fact]
    public void The_seed_fixes_every_payload()
    {
        string[] All(ulong seed)
        {
            var p = new Payloads(seed);
            return
            [
                p.Sentence(), p.Json(), p.Name(), p.EchoRequest(), p.Ascii(20), Convert.ToHexString(p.Bytes(20)),
                $"{p.Number(1, 1_000_000)}",
            ];
        }

        All(1).ShouldBe(All(1));
        All(1).Zip(All(2)).ShouldAllBe(pair => pair.First != pair.Second);
    }

    // Bytes and numbers come from our own generator, so they are the same on every version of .NET.
    [Fact]
    public void Bytes_are_pinned() => Convert.ToHexString(new Payloads(1).Bytes(8)).ShouldBe("ADF9C6A0BD66A79B");

    [Fact]
    public void Json_is_json() => Gen.ULong[0, 1000].Sample(seed =>
    {
        var payloads = new Payloads(seed);
        using var json = JsonDocument.Parse(payloads.Json());
        using var echo = JsonDocument.Parse(payloads.EchoRequest());
        echo.RootElement.GetProperty("action").GetString().ShouldBe("echo");
    }, iter: 50);

    [Fact]
    public void Ascii_can_stand_in_a_script() => Gen.ULong.Sample(
        seed => new Payloads(seed).Ascii(100).All(c => c is >= ' ' and <= '~' and not ('"' or '\'' or '\\')),
        iter: 100);

    [Fact]
    public void Numbers_keep_their_bounds() =>
        Gen.ULong.Sample(seed => new Payloads(seed).Number(3, 5) is >= 3 and <= 5, iter: 100);
}
