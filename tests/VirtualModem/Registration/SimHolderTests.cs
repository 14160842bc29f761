using AirHil.Modem.Messages;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Tests.Registration;

public sealed class SimHolderTests
{
    private const int Verify = 0;
    private const int Change = 1;
    private const int Enable = 2;
    private const int Disable = 3;

    private static SimHolder Holder(string? pin)
    {
        var holder = new SimHolder();
        holder.Put(new SimCard(Pin: pin));
        return holder;
    }

    [Fact]
    public void The_right_pin_gives_the_tries_back()
    {
        var holder = Holder("1234");
        bool[] results =
        [
            holder.Operate(Verify, "0", ""), holder.Operate(Verify, "0", ""), holder.Operate(Verify, "1234", ""),
            holder.Operate(Verify, "0", ""), holder.Operate(Verify, "0", ""), holder.Operate(Verify, "1234", ""),
            holder.Operate(Verify, "0", ""), holder.Operate(Verify, "0", ""), holder.Operate(Verify, "0", ""),
            holder.Operate(Verify, "1234", ""),
        ];
        results.ShouldBe([false, false, true, false, false, true, false, false, false, false]);
    }

    [Fact]
    public void A_pin_can_be_changed_disabled_and_enabled()
    {
        var holder = Holder("1234");
        holder.Operate(Change, "1234", "5678").ShouldBeTrue();
        holder.Operate(Verify, "1234", "").ShouldBeFalse();
        holder.Operate(Disable, "5678", "").ShouldBeTrue();
        holder.AsksForPin.ShouldBeFalse();
        holder.Operate(Change, "5678", "9999").ShouldBeFalse();
        holder.Operate(Enable, "5678", "").ShouldBeTrue();
        holder.AsksForPin.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, Verify)]
    [InlineData("1234", 4)]
    [InlineData("1234", -1)]
    public void What_the_card_cannot_do_fails(string? pin, int operation) =>
        Holder(pin).Operate(operation, "1234", "").ShouldBeFalse();

    [Fact]
    public void Another_card_has_its_tries()
    {
        var holder = Holder("1234");
        for (var i = 0; i < 3; i++) holder.Operate(Verify, "0", "");
        holder.Put(new SimCard(Pin: "1234"));
        holder.Operate(Verify, "1234", "").ShouldBeTrue();
    }
}
