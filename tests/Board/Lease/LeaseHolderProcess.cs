using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using AirHil.Board.Description;
using AirHil.Board.Lease;
using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Lease;

/// <summary>
/// A process of its own that holds a lease until it is killed: this test program, which finds an order in its
/// environment before it looks for tests. It starts a program of its own, which must not inherit the lock.
/// </summary>
internal sealed class LeaseHolderProcess : IDisposable
{
    private const string Order = "AIRHIL_TEST_HOLD_LEASE";
    private readonly Process _process;

    private LeaseHolderProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>The program that the holder started; 0: none.</summary>
    public int ChildId { get; private set; }

    public static BoardDescription Board { get; } = new("left", new PortAddress.Usb("1-2.3", 2));

    /// <summary>Starts one and waits until it holds the board.</summary>
    public static async Task<LeaseHolderProcess> StartAsync(string folder)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (isHost) start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        start.Environment[Order] = folder;
        start.Environment["DOTNET_TieredPGO"] = "0";
        // Who is killed cannot take away what its runtime put into the folder for temporary files.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var holder = new LeaseHolderProcess(Process.Start(start)!);
        try
        {
            await holder.ReadChildId();
            return holder;
        }
        catch
        {
            holder.Dispose();
            throw;
        }
    }

    /// <summary>As kill -9 does.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        if (ChildId == 0) return;
        try
        {
            using var child = Process.GetProcessById(ChildId);
            child.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private async Task ReadChildId()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        if (line is null || !line.StartsWith("held ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{line}\n{await _process.StandardError.ReadToEndAsync()}");
        }

        ChildId = int.Parse(line.AsSpan(5), CultureInfo.InvariantCulture);
    }

    [ModuleInitializer]
    internal static void HoldIfOrdered()
    {
        if (Environment.GetEnvironmentVariable(Order) is not { Length: > 0 } folder) return;
        using var lease = BoardLease.AcquireAsync(Board, TimeSpan.FromSeconds(30), default, folder).GetAwaiter()
            .GetResult();
        using var child = OperatingSystem.IsWindows() ? null : Process.Start("/bin/sleep", ["60"]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"held {child?.Id ?? 0}"));
        // Until it is killed, or for as long as any test may take.
        Thread.Sleep(TimeSpan.FromMinutes(2));
        Environment.Exit(0);
    }
}
