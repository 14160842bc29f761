using AirHil.Board.BenchFile;
using AirHil.Board.Description;
using AirHil.Board.Pins;
using AirHil.Board.Tests.Ports;
using AirHil.Modem.Pins;

namespace AirHil.Board.Tests.Pins;

/// <summary>Pins by each libgpiod that is here, on a chip of the kernel, where tests may make one.</summary>
public sealed class GpioSimTests
{
    private readonly PinSpy _spy = new();

    public static TheoryData<string> Libraries => [.. GpiodChip.Libraries];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Lines_are_read_held_and_freed(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(4);
        await using var pins = await Open(library, chip, new()
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

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Inverted_lines_are_read_and_held_the_other_way_round(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(2);
        await using var pins = await Open(library, chip, new()
        {
            [27] = Line(chip, 0, PinDirection.Module) with { Inverted = true },
            [8] = Line(chip, 1, PinDirection.Rig) with { Inverted = true },
        });
        _spy.Until("27 high");
        chip.Pull(0, isHigh: true);
        _spy.Until("27 high", "27 low");
        await pins.HoldAsync(8, PinHold.Low, Cancel);
        chip.IsHigh(1).ShouldBeTrue();
        await pins.HoldAsync(8, PinHold.High, Cancel);
        chip.IsHigh(1).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Each_edge_is_told_in_order(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(8);
        await using var pins = await Open(library, chip, new()
        {
            [27] = Line(chip, 7, PinDirection.Module),
            [22] = Line(chip, 5, PinDirection.Module),
        });
        _spy.Until("27 low", "22 low");
        List<string> edges = ["27 low", "22 low"];
        for (var i = 0; i < 20; i++)
        {
            // Each by itself: the kernel looks at the level a moment after the edge.
            chip.Pull(7, isHigh: i % 2 == 0);
            edges.Add(i % 2 == 0 ? "27 high" : "27 low");
            _spy.Until([.. edges]);
        }

        chip.Pull(5, isHigh: true);
        _spy.Until([.. edges, "22 high"]);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task After_more_edges_than_the_system_keeps_the_level_is_the_right_one(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(1);
        await using var pins = await Open(library, chip, new() { [27] = Line(chip, 0, PinDirection.Module) });
        Pulses(chip, 0, 500);
        chip.Pull(0, isHigh: true);
        Eventually.Holds(() => _spy.Levels[^1] == "27 high", "the last level");
        chip.Pull(0, isHigh: false);
        Eventually.Holds(() => _spy.Levels[^1] == "27 low", "the level after it");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_line_that_nobody_holds_keeps_the_pull_that_its_surroundings_give_it(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(3);
        chip.Pull(1, isHigh: true);
        await using (var pins = await Open(library, chip, new()
        {
            [27] = Line(chip, 1, PinDirection.Module),
            [8] = Line(chip, 2, PinDirection.Both),
        }))
        {
            _spy.Until("27 high", "8 low");
            await pins.HoldAsync(8, PinHold.High, Cancel);
            await pins.HoldAsync(8, PinHold.Released, Cancel);
            chip.IsHigh(2).ShouldBeFalse();
            await pins.HoldAsync(8, PinHold.High, Cancel);
        }

        chip.IsHigh(1).ShouldBeTrue();
        chip.IsHigh(2).ShouldBeFalse("the rig has let go of it");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_line_in_use_is_named_and_is_free_after_the_run_that_used_it(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(2);
        await using (await Open(library, chip, new() { [27] = Line(chip, 1, PinDirection.Module) }))
        {
            var problem = await Should.ThrowAsync<PinException>(
                () => Open(library, chip, new() { [8] = Line(chip, 1, PinDirection.Rig) }));
            problem.Message.ShouldContain("pin 8 cannot be taken: line 1 of the GPIO chip");
        }

        await using var again = await Open(library, chip, new() { [8] = Line(chip, 1, PinDirection.Rig) });
        await again.HoldAsync(8, PinHold.High, Cancel);
        chip.IsHigh(1).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_line_that_the_chip_lacks_is_named(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(2);
        foreach (var direction in Enum.GetValues<PinDirection>())
        {
            var problem = await Should.ThrowAsync<PinException>(
                () => Open(library, chip, new() { [8] = Line(chip, 2, direction) }));
            problem.Message.ShouldContain($"pin 8 cannot be taken: line 2 of the GPIO chip '{chip.Name}'");
            problem.Message.ShouldContain("gpioinfo");
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_chip_that_goes_away_is_told_where_its_lines_are_only_seen(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(2);
        await using var pins = await Open(library, chip, new() { [27] = Line(chip, 1, PinDirection.Module) });
        chip.Remove();
        Eventually.Holds(() => _spy.Failure is not null, "the end of the chip");
        _spy.Failure!.Message.ShouldContain("pin 27 cannot be read any more");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_chip_that_goes_away_is_told_where_its_lines_are_only_held(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(2);
        await using var pins = await Open(library, chip, new() { [8] = Line(chip, 0, PinDirection.Rig) });
        await pins.HoldAsync(8, PinHold.High, Cancel);
        chip.Remove();
        var problem = await Should.ThrowAsync<PinException>(() => pins.HoldAsync(8, PinHold.Low, Cancel));
        problem.Message.ShouldContain("pin 8 cannot be held: line 0 of the GPIO chip");
        Eventually.Holds(() => _spy.Failure is not null, "the end of the chip");
        _spy.Failure!.Message.ShouldContain("pin 8 cannot be read any more");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_chip_is_found_by_its_number_its_name_and_its_label(string library)
    {
        using var chip = SimulatedGpioChip.WithLines(2);
        SkipWithout(library);
        chip.Pull(1, isHigh: true);
        foreach (var name in new[] { chip.Name, chip.Name["gpiochip".Length..], chip.Label })
        {
            var lines = new Dictionary<int, PinLine.Gpiod> { [27] = new(name, 1, PinDirection.Module) };
            await using var pins = new GpiodPins(name, lines, c => GpiodChip.Open(c, library));
            var spy = new PinSpy();
            await pins.OpenAsync(spy, Cancel);
            spy.Levels.ShouldBe(["27 high"], name);
        }
    }

    [Fact]
    public async Task The_check_of_a_bench_takes_the_lines_and_tells_their_levels()
    {
        using var chip = SimulatedGpioChip.WithLines(4);
        Assert.SkipUnless(GpiodChip.Libraries.Any(GpiodChip.IsHere), "there is no libgpiod here");
        chip.Pull(0, isHigh: true);
        var lines = new Dictionary<int, PinLine>
        {
            [27] = Line(chip, 0, PinDirection.Module),
            [8] = Line(chip, 1, PinDirection.Rig),
            [22] = Line(chip, 2, PinDirection.Both),
        };
        var (text, failed) = await new PinCheck().RunAsync(lines, ".", Cancel);
        failed.ShouldBeFalse(text);
        text.ShouldStartWith("released: 8, 22; seen: 22 is low, 27 is high");
    }

    private static void Pulses(SimulatedGpioChip chip, int line, int count)
    {
        for (var i = 0; i < count; i++)
        {
            chip.Pull(line, isHigh: true);
            chip.Pull(line, isHigh: false);
        }
    }

    private static void SkipWithout(string library) =>
        Assert.SkipUnless(GpiodChip.IsHere(library), $"there is no {library} here");

    private async Task<GpiodPins> Open(string library, SimulatedGpioChip chip, Dictionary<int, PinLine.Gpiod> lines)
    {
        SkipWithout(library);
        var pins = new GpiodPins(chip.Name, lines, name => GpiodChip.Open(name, library));
        try
        {
            await pins.OpenAsync(_spy, Cancel);
            return pins;
        }
        catch (PinException)
        {
            await pins.DisposeAsync();
            throw;
        }
    }

    private static PinLine.Gpiod Line(SimulatedGpioChip chip, int number, PinDirection direction) =>
        new(chip.Name, number, direction);
}
