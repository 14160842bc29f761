using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class PayloadsTests
{
    [Fact]
    public void The_seed_fixes_every_payload()
    {
        new Payloads(1).Bytes(20).ShouldBe(new Payloads(1).Bytes(20));
        new Payloads(1).Bytes(20).ShouldNotBe(new Payloads(2).Bytes(20));
    }

    [Fact]
    public void Payloads_of_one_run_differ()
    {
        var payloads = new Payloads(1);
        payloads.Bytes(20).ShouldNotBe(payloads.Bytes(20));
    }

    // Bytes come from our own generator, so they are the same on every version of .NET.
    [Fact]
    public void Bytes_are_pinned() => Convert.ToHexString(new Payloads(1).Bytes(8)).ShouldBe("ADF9C6A0BD66A79B");
}
