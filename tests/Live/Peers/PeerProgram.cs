using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AirHil.Tests;

namespace AirHil.Live.Tests.Peers;

/// <summary>A server of somebody else's on a free port of loopback, with a folder for its files.</summary>
internal sealed class PeerProgram : IDisposable
{
    private const string SystemFolder = "/usr/sbin";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<Process> _running = [];
    private readonly DirectoryInfo _folder;

    /// <param name="name">The program's name.</param>
    /// <param name="package">Debian's package of it, for the reason why a test is skipped.</param>
    public PeerProgram(string name, string package)
    {
        Program = Find(name, package);
        // Not before: a test that is skipped leaves nothing behind.
        _folder = Directory.CreateTempSubdirectory("airhil-peer-");
        Port = FreePort.Take();
        SecondPort = FreePort.Take();
    }

    public string Program { get; }

    /// <summary>Where it is to listen.</summary>
    public int Port { get; }

    /// <summary>Another such port, for TLS or data.</summary>
    public int SecondPort { get; }

    public string Folder => _folder.FullName;

    /// <summary>A program, or a test that is skipped.</summary>
    public static string Find(string name, string package)
    {
        var program = Executables.Find("AIRHIL_" + name.ToUpperInvariant().Replace('-', '_'), name)
            ?? (File.Exists(Path.Combine(SystemFolder, name)) ? Path.Combine(SystemFolder, name) : null);
        Assert.SkipWhen(program is null, $"no {name} on the PATH (Debian: apt-get install {package})");
        return program!;
    }

    /// <returns>The file's path.</returns>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts it and waits for its TCP port; the port 0 waits for nothing.</summary>
    public void Start(int port, params string[] arguments)
    {
        var log = Run(Program, arguments);
        var clock = Stopwatch.StartNew();
        while (port != 0 && !Answers(port))
        {
            if (_running[^1].HasExited || clock.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{Program} does not listen at {port}: {log.Result}");
            }

            Thread.Sleep(20);
        }
    }

    /// <summary>Runs a program beside it; all that it prints, once it has ended.</summary>
    public Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
            Environment = { ["LC_ALL"] = "C" },
        };
        var process = Process.Start(start)!;
        _running.Add(process);
        var errors = process.StandardError.ReadToEndAsync();
        return Task.Run(async () => await process.StandardOutput.ReadToEndAsync() + await errors);
    }

    public void Dispose()
    {
        foreach (var process in _running)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static bool Answers(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
