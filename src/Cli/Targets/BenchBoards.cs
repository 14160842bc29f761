using System.Net;
using AirHil.Board;
using AirHil.Board.BenchFile;
using AirHil.Board.Description;
using AirHil.Board.Lease;
using AirHil.Cli.Usage;
using AirHil.Live.Edge;
using AirHil.Live.Network;
using AirHil.Rig.Files;

namespace AirHil.Cli.Targets;

/// <summary>The boards of the bench file, for whoever names one on the command line.</summary>
internal static class BenchBoards
{
    /// <param name="file">The bench file; null: the one that applies here.</param>
    /// <exception cref="UsageException">There is no bench file, or it is wrong.</exception>
    public static BenchDescription Load(string? file) =>
        Read(() => BenchFileReader.Load(BenchFilePlace.Find(file, Directory.GetCurrentDirectory())));

    /// <param name="name">The board's; null stands for the only one.</param>
    /// <exception cref="UsageException">There is no such board.</exception>
    public static BoardDescription Find(BenchDescription bench, string? name) => Read(() => bench.Find(name));

    /// <summary>A board to run on, with the rig's services at the bench's public address where it has one.</summary>
    /// <exception cref="UsageException">There is no such board, or the services' place is wrong.</exception>
    public static BoardTarget Open(BenchDescription bench, string name)
    {
        var board = Find(bench, name);
        var edge = EdgeOf(bench.Service);
        return new BoardTarget(board)
        {
            Folder = bench.Folder,
            LeaseWait = bench.Limits.LeaseWait,
            Network = edge is null
                ? null
                : _ => new LiveNetwork(new LiveNetworkOptions { Allowed = AllowedHosts.None, Edge = edge }),
            ServiceHosts = edge is null
                ? null
                : [bench.Service.Address!, .. bench.Service.Ports.Select(p => p.Host).Distinct()],
        };
    }

    /// <summary>Takes the board for this process.</summary>
    /// <exception cref="UsageException">Another process holds it, or the lease cannot be written.</exception>
    public static async Task HoldAsync(BoardTarget board, CancellationToken cancel)
    {
        try
        {
            await board.HoldAsync(cancel);
        }
        catch (Exception e) when (e is BoardHeldException or IOException)
        {
            throw new UsageException(e.Message, ExitCode.TargetNotAvailable);
        }
    }

    private static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BenchFileException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static EdgeOptions? EdgeOf(ServiceDescription service)
    {
        if (service.Address is null) return null;
        try
        {
            var file = service.Certificate is { } path ? CertificateFile.Read(path, service.Key) : null;
            return new EdgeOptions
            {
                Address = IPAddress.Parse(service.Listen),
                Ports = [.. service.Ports.Select(p => new EdgePort(p.Host, p.Port, p.ListenPort))],
                Certificate = file?.Certificate,
                Chain = file?.Chain,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the bench file's service.certificate: {e.Message}");
        }
    }
}
