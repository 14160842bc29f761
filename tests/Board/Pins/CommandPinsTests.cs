using AirHil.Board.Description;
using AirHil.Board.Pins;
using AirHil.Board.Tests.Ports;
using AirHil.Modem.Pins;

namespace AirHil.Board.Tests.Pins;

public sealed class CommandPinsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil-pins-");
    private readonly PinSpy _spy = new();

    public CommandPinsTests() => PosixShell.SkipWithout();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public async Task Commands_hold_a_pin_and_free_it_before_the_run_and_after_it()
    {
        var line = new PinLine.Command("echo high >> said", "echo low >> said", "echo free >> said", null, null);
        var pins = Pins(new() { [8] = line });
        pins.Wires.ShouldBe([new PinWire(8, false, true, true)]);
        await pins.OpenAsync(_spy, Cancel);
        await pins.HoldAsync(8, PinHold.Low, Cancel);
        await pins.HoldAsync(8, PinHold.Released, Cancel);
        await pins.HoldAsync(8, PinHold.High, Cancel);
        await pins.DisposeAsync();
        Said("said").ShouldBe(["free", "low", "free", "high", "free"]);
    }

    [Fact]
    public async Task One_command_watches_several_pins_and_is_ended_with_its_children()
    {
        var watch = new PinLine.Command(
            null, null, null, null, "echo once >> runs; echo 27 low; echo 5 1; touch lines; tail -f lines");
        var pins = Pins(new() { [27] = watch, [5] = watch });
        await pins.OpenAsync(_spy, Cancel);
        _spy.Until("27 low", "5 high");
        await File.AppendAllTextAsync(In("lines"), "27 high\n5 0\n", Cancel);
        _spy.Until("27 low", "5 high", "27 high", "5 low");
        await pins.DisposeAsync();
        Said("runs").ShouldBe(["once"]);
        Eventually.Holds(() => !IsRunning("lines"), "the end of tail");
        _spy.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_slow_command_that_reads_runs_half_of_the_time()
    {
        await using var pins = Pins(new() { [3] = new(null, null, null, "echo x >> runs; sleep 0.3; echo low", null) });
        await pins.OpenAsync(_spy, Cancel);
        await Task.Delay(TimeSpan.FromSeconds(2.3), Cancel);
        Said("runs").Length.ShouldBeInRange(1, 4);
    }

    [Fact]
    public async Task Many_pins_that_are_read_take_turns()
    {
        var line = new PinLine.Command(null, null, null, "echo x >> runs; sleep 0.3; echo low", null);
        await using (var pins = Pins(Enumerable.Range(1, 6).ToDictionary(pin => pin, _ => line)))
        {
            await pins.OpenAsync(_spy, Cancel);
            await Task.Delay(TimeSpan.FromSeconds(2.3), Cancel);
        }

        Said("runs").Length.ShouldBeInRange(1, 5);
    }

    [Fact]
    public async Task A_command_that_reads_is_run_again_and_again()
    {
        await File.WriteAllTextAsync(In("level"), "low\n", Cancel);
        await using var pins = Pins(new() { [3] = new(null, null, null, "cat level", null) });
        await pins.OpenAsync(_spy, Cancel);
        _spy.Until("3 low");
        await File.WriteAllTextAsync(In("level2"), "high\n", Cancel);
        File.Move(In("level2"), In("level"), overwrite: true);
        _spy.Until("3 low", "3 high");
    }

    [Theory]
    [InlineData("echo 27 low; echo broken >&2; exit 4", "ended with exit code 4, and it said broken")]
    [InlineData("echo 26 low; sleep 60", "said '26 low'; expected: the number of one of these pins and low or high")]
    [InlineData("echo 27 up; sleep 60", "said '27 up'")]
    [InlineData("echo hello; sleep 60", "said 'hello'")]
    [InlineData("head -c 100000 /dev/zero | tr '\\0' x; echo; sleep 60", "said 'xxx")]
    public async Task A_watch_that_ends_or_says_something_else_is_told(string command, string message)
    {
        await using var pins = Pins(new() { [27] = new(null, null, null, null, command) });
        await pins.OpenAsync(_spy, Cancel);
        Eventually.Holds(() => _spy.Failure is not null, "a failure");
        _spy.Failure!.Message.ShouldContain("the command that should watch pin 27 ");
        _spy.Failure.Message.ShouldContain(message);
        _spy.Failure.Message.Length.ShouldBeLessThan(2500);
    }

    [Fact]
    public async Task A_reading_that_is_no_level_is_told()
    {
        await using var pins = Pins(new() { [3] = new(null, null, null, "echo maybe", null) });
        await pins.OpenAsync(_spy, Cancel);
        Eventually.Holds(() => _spy.Failure is not null, "a failure");
        _spy.Failure!.Message.ShouldContain("should read pin 3 said 'maybe'; expected: low or high");
    }

    [Fact]
    public async Task A_hold_that_fails_is_told_with_its_command()
    {
        await using var pins = Pins(new() { [8] = new(null, "echo stuck; exit 2", "true", null, null) });
        await pins.OpenAsync(_spy, Cancel);
        var problem = await Should.ThrowAsync<PinException>(() => pins.HoldAsync(8, PinHold.Low, Cancel));
        problem.Message.ShouldContain("the command that should hold pin 8 failed: echo stuck; exit 2");
        problem.Message.ShouldContain("exit code 2, and it said: stuck");
        problem.Message.ShouldContain(_folder.FullName);
    }

    private CommandPins Pins(Dictionary<int, PinLine.Command> lines) => new(lines, _folder.FullName);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string[] Said(string file) => File.ReadAllLines(In(file));

    /// <summary>Whether a process of the test still runs in its folder.</summary>
    private bool IsRunning(string word) => Directory.GetDirectories("/proc").Any(p =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(p, "cmdline")).Contains(word, StringComparison.Ordinal)
                && new FileInfo(Path.Combine(p, "cwd")).LinkTarget == _folder.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
