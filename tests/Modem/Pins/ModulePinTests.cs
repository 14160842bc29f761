using AirHil.Modem.Pins;

namespace AirHil.Modem.Tests.Pins;

public sealed class ModulePinTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("27", 27)]
    [InlineData("WAKEUP0", 32)]
    [InlineData("vbus", 33)]
    [InlineData("USIM_DET", 34)]
    [InlineData("PWRKEY", 35)]
    public void A_pin_is_a_number_or_a_name(string text, int pin) => ModulePin.Parse(text).ShouldBe(pin);

    [Theory]
    [InlineData("36")]
    [InlineData("-1")]
    [InlineData("GPIO27")]
    [InlineData("")]
    public void Anything_else_is_told(string text) =>
        Should.Throw<FormatException>(() => ModulePin.Parse(text)).Message.ShouldStartWith($"'{text}' is no pin");

    [Theory]
    [InlineData(0, PinDrive.PullDown)]
    [InlineData(1, PinDrive.PullDown)]
    [InlineData(2, PinDrive.PullUp)]
    [InlineData(19, PinDrive.PullUp)]
    [InlineData(20, PinDrive.PullDown)]
    [InlineData(27, PinDrive.PullDown)]
    [InlineData(28, PinDrive.PullUp)]
    [InlineData(29, PinDrive.PullDown)]
    [InlineData(31, PinDrive.PullDown)]
    [InlineData(32, PinDrive.PullUp)]
    [InlineData(33, PinDrive.PullDown)]
    [InlineData(34, PinDrive.PullUp)]
    [InlineData(35, PinDrive.PullUp)]
    public void After_a_reset_a_pin_has_its_pull(int pin, PinDrive drive) => ModulePin.AfterReset(pin).ShouldBe(drive);

    [Fact]
    public void Only_wake_up_pads_and_the_key_have_both_edges() =>
        Enumerable.Range(0, ModulePin.Count).Where(ModulePin.HasBothEdges).ShouldBe([20, 21, 22, 32, 33, 34, 35]);
}
