using AirHil.Board.Log;

namespace AirHil.Board.Tests.Log;

public class HostCommandTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Every_command_is_recognised_in_a_stream(int chunk)
    {
        byte[] wire =
        [
            0xFF, .. HostCommands.StartLog, .. HostCommands.StartLog, .. HostCommands.AtRestart, .. HostCommands.Reboot,
            .. DownloadMode.DelayedRestart, .. DownloadMode.Enter, .. "\r\nATI\r\n"u8,
            // ModemManager's probe, and a delimiter that serves two frames.
            0x7E, 0x00, 0x78, 0xF0, 0x7E, 0x00, 0x01, 0x7E,
        ];
        var commands = Read(wire, chunk, out var dropped);
        commands.Select(c => c is HostCommand.At at ? at.Text : c.GetType().Name).ShouldBe(
        [
            "StartLog", "StartLog", "AT+ECRST", "Reboot", "AT+ECRST=delay,799", "Download", "ATI", "Unknown", "Reboot",
        ]);
        dropped.ShouldBe(1);
        ((HostCommand.At)commands[4]).IsDelayedRestart.ShouldBeTrue();
        ((HostCommand.At)commands[2]).IsDelayedRestart.ShouldBeFalse();
        ((HostCommand.At)commands[2]).IsRestart.ShouldBeTrue();
    }

    [Fact]
    public void The_bytes_are_those_of_the_reference()
    {
        HostCommands.StartLog.ToArray().ShouldBe(Wire.Hex("7E 00 00 7E"));
        HostCommands.Reboot.ToArray().ShouldBe(Wire.Hex("7E 00 01 7E"));
    }

    [Fact]
    public void Noise_is_bounded_and_the_next_command_is_heard()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        Read([.. noise, .. "\r\n"u8, 0x7E, .. HostCommands.Reboot], 64, out _)[^1]
            .ShouldBeOfType<HostCommand.Reboot>();
        Read([.. new byte[5000], .. HostCommands.Reboot], 64, out var dropped).ShouldHaveSingleItem();
        dropped.ShouldBe(5000);
        Read([.. Enumerable.Repeat((byte)'A', 5000), (byte)'\n', .. HostCommands.Reboot], 64, out dropped)
            .ShouldHaveSingleItem();
        dropped.ShouldBe(5001);
    }

    private static List<HostCommand> Read(byte[] wire, int chunk, out long dropped)
    {
        var reader = new HostCommandReader();
        var commands = new List<HostCommand>();
        foreach (var piece in wire.Chunk(chunk))
        {
            reader.Push(piece);
            while (reader.TryTake(out var command)) commands.Add(command);
        }

        dropped = reader.DroppedBytes;
        return commands;
    }
}
