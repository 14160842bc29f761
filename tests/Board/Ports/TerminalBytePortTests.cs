using System.Runtime.InteropServices;
using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

public sealed partial class TerminalBytePortTests : DevicePortConformance
{
    private const uint AskHeldAlone = 0x8004_5440;
    private const uint Nobody = 65_534;

    [Theory]
    [InlineData(300)]
    [InlineData(9600)]
    [InlineData(115_200)]
    [InlineData(250_000)]
    [InlineData(1_234_567)]
    [InlineData(2_000_000)]
    [InlineData(6_000_000)]
    public unsafe void Any_baud_rate_is_set_with_eight_bits_no_parity_one_stop_bit_and_no_handshake(int baud)
    {
        using var far = new LinkedTerminal();
        using var port = Open(far.Link, baud);
        using var held = far.Terminal.Hold();
        LineSettings settings;
        TerminalCalls.Control(held.Value, TerminalCalls.GetSettings, &settings).ShouldBe(0);
        settings.OutputBaud.ShouldBe((uint)baud);
        settings.InputBaud.ShouldBe((uint)baud);
        // The bits of asm-generic/termbits.h: CSIZE, CSTOPB, PARENB and CRTSCTS, of which only CS8 is set.
        (settings.ControlFlags & 0x8000_0170).ShouldBe(0x30u);
    }

    [Fact]
    public void A_speed_of_nothing_is_refused()
    {
        using var far = new LinkedTerminal();
        Should.Throw<PortNotOpenException>(() => Open(far.Link, 0)).Message
            .ShouldBe($"{far.Link}: 0 is no baud rate");
    }

    [Fact]
    public void It_is_for_one_user_alone_until_it_is_disposed_of()
    {
        using var far = new LinkedTerminal();
        var port = Open(far.Link);
        IsHeldAlone(far).ShouldBeTrue();
        var problem = Should.Throw<PortNotOpenException>(() => Open(far.Link));
        problem.Absent.ShouldBeFalse();
        problem.Message.ShouldBe(
            $"{far.Link}: Access to the port '{far.Terminal.SlavePath}' is denied. Another program holds it (fuser "
            + "says which; ModemManager does for ten seconds after a plug-in unless told not to)");
        port.Dispose();
        IsHeldAlone(far).ShouldBeFalse();
        Open(far.Link).Dispose();
    }

    [Fact]
    public void A_forbidden_port_is_refused_with_the_group_to_join()
    {
        if (!OperatingSystem.IsLinux()) return; // The pseudo-terminals of this class have skipped it already.
        using var far = new LinkedTerminal();
        var path = far.Terminal.SlavePath;
        File.SetUnixFileMode(path, UnixFileMode.None);
        Exception? problem = null;
        var user = new Thread(() =>
        {
            // What root may do is taken from this thread alone.
            _ = SetFileUser(Nobody);
            problem = Record.Exception(() => Open(path));
        });
        user.Start();
        user.Join();
        var refusal = problem.ShouldBeOfType<PortNotOpenException>();
        refusal.Absent.ShouldBeFalse();
        refusal.Message.ShouldBe(
            $"{path}: Access to the port '{path}' is denied. You are not in the group of the device file (dialout)");
    }

    [Fact]
    public async Task A_hang_up_ends_a_read_that_waits_and_is_told_from_then_on()
    {
        using var far = new LinkedTerminal();
        using var port = Open(far.Link);
        (await WhyAReadEnds(port, far.Unplug)).ShouldBe($"{far.Link} is gone: it ended");
        Should.Throw<PortGoneException>(() => port.Read(new byte[1])).Message.ShouldBe($"{far.Link} is gone: it ended");
        Should.Throw<PortGoneException>(() => port.Write([1])).Message
            .ShouldBe($"{far.Link} is gone: it was lost before");
        port.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public void A_write_to_a_line_that_hung_up_says_what_the_system_says()
    {
        using var far = new LinkedTerminal();
        using var port = Open(far.Link);
        far.Unplug();
        Should.Throw<PortGoneException>(() => port.Write([1])).Message
            .ShouldBe($"{far.Link} is gone: Input/output error");
    }

    [Fact]
    public async Task Disposing_of_it_ends_a_read_that_waits()
    {
        using var far = new LinkedTerminal();
        var port = Open(far.Link);
        (await WhyAReadEnds(port, port.Dispose)).ShouldBe($"{far.Link} is gone: it was closed");
    }

    [Fact]
    public void What_came_before_the_opening_is_there()
    {
        using var far = new LinkedTerminal();
        far.Terminal.Write("early"u8);
        using var port = Open(far.Link);
        var bytes = new byte[16];
        port.Read(bytes).ShouldBe(5);
        bytes[..5].ShouldBe("early"u8.ToArray());
    }

    private protected override IBytePort Open(string device, int baud = 115_200) =>
        TerminalBytePort.Open(device, device, baud);

    /// <summary>Acts while a thread reads.</summary>
    private static async Task<string> WhyAReadEnds(IBytePort port, Action act)
    {
        var reading = Task.Run(
            () => Should.Throw<PortGoneException>(() =>
            {
                while (true) port.Read(new byte[1]);
            }).Message,
            TestContext.Current.CancellationToken);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        act();
        return await reading.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
    }

    /// <summary>Whether TIOCEXCL is in force; root alone can open a terminal to ask.</summary>
    private static unsafe bool IsHeldAlone(LinkedTerminal far)
    {
        var descriptor = TerminalCalls.Open(far.Terminal.SlavePath, TerminalCalls.OpenFlags);
        if (descriptor < 0) return Marshal.GetLastPInvokeError() == TerminalCalls.Busy;
        var held = 0;
        TerminalCalls.Control(descriptor, AskHeldAlone, &held).ShouldBe(0);
        _ = TerminalCalls.Close(descriptor);
        return held != 0;
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);
}
