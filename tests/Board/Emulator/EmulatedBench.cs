using System.Collections.Concurrent;
using AirHil.Board.Emulator;
using AirHil.Board.Log;
using AirHil.Modem;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Board.Tests.Emulator;

/// <summary>An emulated board with a script, and hands to open its ports with.</summary>
internal sealed class EmulatedBench : IDisposable
{
    /// <summary>Long enough for a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<FileStream> _open = [];

    /// <param name="lua">The script, after require("sys") and before sys.run().</param>
    /// <param name="speed">Faster than the wall's clock, where nothing measures it.</param>
    public EmulatedBench(string lua, EmulatedBoardOptions? options = null, double speed = 4)
    {
        Terminals.SkipWithout();
        var firmware = FirmwareSource.FromText($"_G.sys = require(\"sys\")\n{lua}\nsys.run()\n");
        var module = new VirtualTarget().Create(firmware, new BenchOptions(), "1");
        Board = new EmulatedBoard(module, (options ?? new EmulatedBoardOptions()) with
        {
            Happened = (output, _) => Outputs.Enqueue(output),
            Told = (what, _) => Told.Enqueue(what),
        });
        var clock = new WallClock(speed);
        Board.Start(() => clock.Now, speed);
    }

    public EmulatedBoard Board { get; }

    public ConcurrentQueue<ModemOutput> Outputs { get; } = new();

    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>Opens a port when it is there.</summary>
    public FileStream Open(string link)
    {
        Await($"the port {Path.GetFileName(link)}", () => File.Exists(link));
        var stream = new FileStream(link, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        _open.Add(stream);
        return stream;
    }

    /// <summary>Switches the supply as a serial relay is switched.</summary>
    public void Relay(bool closed) =>
        Open(Board.RelayPort).Write(closed ? [0xA0, 0x01, 0x01, 0xA2] : [0xA0, 0x01, 0x00, 0xA1]);

    /// <summary>Opens the log port and asks for the log.</summary>
    public LogListener OpenLog()
    {
        var stream = Open(Board.LogPort);
        stream.Write(HostCommands.StartLog);
        return new LogListener(stream);
    }

    /// <summary>Reads so many bytes from a port, or fails in good time.</summary>
    public static byte[] Take(FileStream port, int count)
    {
        var bytes = new byte[count];
        Task.Run(() => port.ReadExactly(bytes)).Wait(Patience).ShouldBeTrue($"{count} bytes of {port.Name}");
        return bytes;
    }

    /// <summary>Reads until a port hangs up.</summary>
    public static void AwaitHangUp(FileStream port)
    {
        void Drain()
        {
            try
            {
                while (port.Read(new byte[1024]) > 0)
                {
                }
            }
            catch (IOException)
            {
                // So it may be told, too.
            }
        }

        Task.Run(Drain).Wait(Patience).ShouldBeTrue($"the hang-up of {port.Name}");
    }

    public static void Await(string what, Func<bool> condition)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            clock.Elapsed.ShouldBeLessThan(Patience, $"waiting for {what}");
            Thread.Sleep(2);
        }
    }

    public void AwaitTold(string what) => Await($"'{what}'", () => Told.Contains(what));

    public void Dispose()
    {
        Board.Dispose();
        foreach (var stream in _open) stream.Dispose();
        Board.Failure.ShouldBeNull();
    }
}
