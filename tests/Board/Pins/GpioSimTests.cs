using AirHil.Board.Description;
using AirHil.Board.Pins;
using AirHil.Board.Tests.Ports;
using AirHil.Modem.Pins;

namespace AirHil.Board.Tests.Pins;

/// <summary>Pins by libgpiod on a chip of the kernel, where there is one that tests may drive.</summary>
public sealed class GpioSimTests
{
    private readonly PinSpy _spy = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_are_read_held_and_freed()
    {
        using var chip = SimulatedGpioChip.WithLines(4);
        await using var pins = await Open(chip, new()
        {
            [27] = Line(chip, 0, PinDirection.Module),
            [8] = Line(chip, 3, PinDirection.Both),
        });
        _spy.Until("27 low", "8 low");
        chip.Pull(0, isHigh: true);
        _spy.Until("27 low", "8 low", "27 high");
        await pins.HoldAsync(8, PinHold.High, Cancel);
        chip.IsHigh(3).ShouldBeTrue();
        await pins.HoldAsync(8, PinHold.Low, Cancel);
        chip.IsHigh(3).ShouldBeFalse();
        await pins.HoldAsync(8, PinHold.Released, Cancel);
        chip.Pull(3, isHigh: true);
        _spy.Until("27 low", "8 low", "27 high", "8 low", "8 high");
    }

    [Fact]
    public async Task A_line_in_use_is_named()
    {
        using var chip = SimulatedGpioChip.WithLines(2);
        await using var first = await Open(chip, new() { [27] = Line(chip, 1, PinDirection.Module) });
        var problem = await Should.ThrowAsync<PinException>(
            () => Open(chip, new() { [8] = Line(chip, 1, PinDirection.Rig) }));
        problem.Message.ShouldContain("pin 8 cannot be taken: line 1 of the GPIO chip");
    }

    [Fact]
    public async Task A_chip_that_goes_away_is_told()
    {
        using var chip = SimulatedGpioChip.WithLines(2);
        await using var pins = await Open(chip, new() { [27] = Line(chip, 1, PinDirection.Module) });
        chip.Remove();
        Eventually.Holds(() => _spy.Failure is not null, "the end of the chip");
        _spy.Failure!.Message.ShouldContain("pin 27 cannot be read any more");
    }

    private async Task<GpiodPins> Open(SimulatedGpioChip chip, Dictionary<int, PinLine.Gpiod> lines)
    {
        var pins = new GpiodPins(chip.Name, lines);
        await pins.OpenAsync(_spy, Cancel);
        return pins;
    }

    private static PinLine.Gpiod Line(SimulatedGpioChip chip, int number, PinDirection direction) =>
        new(chip.Name, number, direction);
}
