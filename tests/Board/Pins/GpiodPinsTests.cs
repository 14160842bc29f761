using System.Device.Gpio;
using AirHil.Board.Description;
using AirHil.Board.Pins;
using AirHil.Board.Tests.Ports;
using AirHil.Modem.Pins;

namespace AirHil.Board.Tests.Pins;

public sealed class GpiodPinsTests : IDisposable
{
    private readonly FakeChip _chip = new();
    private readonly PinSpy _spy = new();

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _chip.Dispose();

    [Fact]
    public async Task The_level_of_a_pin_that_is_seen_is_told_at_first_and_at_each_change()
    {
        _chip.Inputs[0] = PinValue.High;
        await using var pins = await Open(new() { [27] = Line(0, PinDirection.Module) });
        _chip.Drive(0, PinValue.Low);
        _chip.Drive(0, PinValue.High);
        _spy.Levels.ShouldBe(["27 high", "27 low", "27 high"]);
        pins.Wires.ShouldBe([new PinWire(27, true, false, false)]);
    }

    [Fact]
    public async Task Inverted_lines_are_read_and_held_the_other_way_round()
    {
        await using var pins = await Open(new()
        {
            [27] = Line(0, PinDirection.Module) with { Inverted = true },
            [8] = Line(1, PinDirection.Rig) with { Inverted = true },
        });
        _chip.Drive(0, PinValue.High);
        _spy.Levels.ShouldBe(["27 high", "27 low"]);
        await pins.HoldAsync(8, PinHold.High, Cancel);
        _chip.Calls[^1].ShouldBe("1 Output Low");
    }

    [Fact]
    public async Task A_pin_is_held_from_its_first_moment_at_the_right_level_and_freed()
    {
        await using var pins = await Open(new() { [8] = Line(1, PinDirection.Rig) });
        _chip.Calls.ShouldBe(["1 Input"]);
        await pins.HoldAsync(8, PinHold.High, Cancel);
        await pins.HoldAsync(8, PinHold.Low, Cancel);
        await pins.HoldAsync(8, PinHold.Released, Cancel);
        await pins.HoldAsync(8, PinHold.Released, Cancel);
        _chip.Calls.ShouldBe(["1 Input", "1 Output High", "1 is Low", "1 Input"]);
        _spy.Levels.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pin_that_both_drive_is_not_seen_while_the_rig_holds_it_and_is_told_afterwards()
    {
        await using var pins = await Open(new() { [8] = Line(1, PinDirection.Both) });
        await pins.HoldAsync(8, PinHold.High, Cancel);
        _chip.Drive(1, PinValue.High);
        _spy.Levels.ShouldBe(["8 low"]);
        await pins.HoldAsync(8, PinHold.Released, Cancel);
        _chip.Drive(1, PinValue.Low);
        _spy.Levels.ShouldBe(["8 low", "8 high", "8 low"]);
    }

    [Fact]
    public async Task At_the_end_the_wires_are_free()
    {
        var pins = await Open(new() { [8] = Line(1, PinDirection.Both) });
        await pins.HoldAsync(8, PinHold.Low, Cancel);
        await pins.DisposeAsync();
        _chip.Calls[^1].ShouldBe("1 Input");
        _chip.IsDisposed.ShouldBeTrue();
        _spy.Levels.ShouldBe(["8 low"]);
    }

    [Fact]
    public async Task A_line_that_cannot_be_had_is_named()
    {
        var lines = new Dictionary<int, PinLine.Gpiod> { [8] = Line(9, PinDirection.Rig) };
        await using var pins = new GpiodPins("2", lines, _ => _chip);
        var problem = await Should.ThrowAsync<PinException>(() => pins.OpenAsync(_spy, Cancel));
        problem.Message.ShouldContain("pin 8 cannot be taken: line 9 of the GPIO chip '2': no such line");
        problem.Message.ShouldContain("gpioinfo");
    }

    [Fact]
    public async Task Two_lines_of_one_chip_are_two_pins()
    {
        await using var pins = await Open(new()
        {
            [27] = Line(0, PinDirection.Module),
            [8] = Line(3, PinDirection.Both),
        });
        _chip.Drive(3, PinValue.High);
        _chip.Drive(0, PinValue.High);
        await pins.HoldAsync(8, PinHold.Low, Cancel);
        _chip.Drive(0, PinValue.Low);
        _spy.Levels.ShouldBe(["27 low", "8 low", "8 high", "27 high", "27 low"]);
        _chip.Calls.ShouldBe(["0 Input", "3 Input", "3 Output Low"]);
    }

    [Fact]
    public async Task A_line_that_somebody_else_uses_is_named_and_the_others_are_given_back()
    {
        using var chip = new FakeChip { Taken = 1 };
        var lines = new Dictionary<int, PinLine.Gpiod>
        {
            [27] = Line(0, PinDirection.Module),
            [8] = Line(1, PinDirection.Rig),
        };
        var pins = new GpiodPins("0", lines, _ => chip);
        var problem = await Should.ThrowAsync<PinException>(() => pins.OpenAsync(_spy, Cancel));
        problem.Message.ShouldContain(
            "pin 8 cannot be taken: line 1 of the GPIO chip '0': Device or resource busy. Does the chip have this");
        await pins.DisposeAsync();
        chip.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_chip_that_goes_away_is_told_and_the_rest_ends()
    {
        var pins = await Open(new() { [27] = Line(0, PinDirection.Module), [8] = Line(1, PinDirection.Rig) });
        await pins.HoldAsync(8, PinHold.High, Cancel);
        _chip.IsGone = true;
        Eventually.Holds(() => _spy.Failure is not null, "the end of the chip");
        _spy.Failure!.Message.ShouldStartWith(
            "pin 27 cannot be read any more: line 0 of the GPIO chip '0': No such device");
        await pins.DisposeAsync();
        _chip.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_chip_that_goes_away_is_told_where_its_lines_are_only_held()
    {
        await using var pins = await Open(new() { [8] = Line(1, PinDirection.Rig) });
        await pins.HoldAsync(8, PinHold.High, Cancel);
        _chip.IsGone = true;
        var problem = await Should.ThrowAsync<PinException>(() => pins.HoldAsync(8, PinHold.Low, Cancel));
        problem.Message.ShouldStartWith("pin 8 cannot be held: line 1 of the GPIO chip '0': No such device");
        Eventually.Holds(() => _spy.Failure is not null, "the end of the chip");
    }

    [Fact]
    public async Task A_change_that_the_system_dropped_is_seen_a_little_later()
    {
        await using var pins = await Open(new() { [27] = Line(0, PinDirection.Module) });
        _chip.DriveUnheard(0, PinValue.High);
        _spy.Until("27 low", "27 high");
        _chip.Drive(0, PinValue.Low);
        _spy.Levels.ShouldBe(["27 low", "27 high", "27 low"]);
    }

    [Theory]
    [InlineData("97")]
    [InlineData("gpiochip97")]
    [InlineData("no such label")]
    public void A_chip_or_a_library_that_is_missing_is_named_with_what_to_do(string chip)
    {
        var problem = Should.Throw<PinException>(() => GpiodChip.Open(chip));
        problem.Message.ShouldContain($"the GPIO chip '{chip}' cannot be ");
        problem.Message.ShouldMatch("gpiodetect|libgpiod");
    }

    private async Task<GpiodPins> Open(Dictionary<int, PinLine.Gpiod> lines)
    {
        var pins = new GpiodPins("0", lines, _ => _chip, Pause);
        await pins.OpenAsync(_spy, Cancel);
        return pins;
    }

    private static PinLine.Gpiod Line(int number, PinDirection direction) => new("0", number, direction);
}
