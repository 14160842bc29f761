namespace AirHil.Board.Tests.Pins;

/// <summary>A chip of the kernel's module gpio-sim, whose lines a test pulls up and down by files.</summary>
internal sealed class SimulatedGpioChip : IDisposable
{
    private const string Configfs = "/sys/kernel/config";

    private readonly string _folder = $"{Configfs}/gpio-sim/airhil-{Environment.ProcessId}";
    private readonly string _lines;

    private SimulatedGpioChip(int lines)
    {
        Directory.CreateDirectory(_folder);
        Directory.CreateDirectory($"{_folder}/bank");
        File.WriteAllText($"{_folder}/bank/num_lines", $"{lines}");
        File.WriteAllText($"{_folder}/bank/label", Label);
        File.WriteAllText($"{_folder}/live", "1");
        Name = File.ReadAllText($"{_folder}/bank/chip_name").Trim();
        var device = File.ReadAllText($"{_folder}/dev_name").Trim();
        _lines = $"/sys/devices/platform/{device}/{Name}/sim_gpio";
    }

    /// <summary>As gpiochip3.</summary>
    public string Name { get; }

    public string Label { get; } = $"airhil-{Environment.ProcessId}";

    /// <summary>Makes a chip, or skips the test with the reason.</summary>
    public static SimulatedGpioChip WithLines(int lines)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "gpio-sim is a module of Linux");
        Assert.SkipUnless(
            Directory.Exists($"{Configfs}/gpio-sim"),
            $"{Configfs}/gpio-sim is not there: the kernel needs CONFIG_GPIO_SIM, 'modprobe gpio-sim', and configfs");
        try
        {
            return new SimulatedGpioChip(lines);
        }
        catch (UnauthorizedAccessException)
        {
            Assert.Skip("only root may make a chip of gpio-sim");
            throw;
        }
    }

    /// <summary>What somebody else does with a line that is an input.</summary>
    public void Pull(int line, bool isHigh) =>
        File.WriteAllText($"{_lines}{line}/pull", isHigh ? "pull-up" : "pull-down");

    /// <summary>Whether a line is high, whoever makes it so.</summary>
    public bool IsHigh(int line) => File.ReadAllText($"{_lines}{line}/value").Trim() == "1";

    /// <summary>The chip is pulled out, whoever uses it.</summary>
    public void Remove()
    {
        // A chip that has gone cannot go: the kernel refuses.
        if (File.ReadAllText($"{_folder}/live").Trim() == "1") File.WriteAllText($"{_folder}/live", "0");
    }

    public void Dispose()
    {
        Remove();
        Directory.Delete($"{_folder}/bank");
        Directory.Delete(_folder);
    }
}
