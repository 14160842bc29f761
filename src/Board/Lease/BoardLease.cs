using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using AirHil.Board.Description;
using AirHil.Rig.Files;

namespace AirHil.Board.Lease;

/// <summary>
/// One run's hold on a board: an exclusive lock on a file, which the system takes back when the process ends, however
/// it ends. The file of the lock stays; a file beside it tells who holds it. Processes that the holder starts do not
/// inherit the lock. A board is known by its log port, whatever bench files call it.
/// </summary>
public sealed class BoardLease : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>A look at who holds a board locks it for a moment; this is how long a moment may be.</summary>
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(300);

    private const int MostHolderBytes = 64 * 1024;

    private readonly string _path;
    private FileStream? _lock;

    private BoardLease(FileStream held, string path)
    {
        (_lock, _path) = (held, path);
    }

    /// <summary>Takes the board, and waits for it if it is held.</summary>
    /// <param name="wait">How long; zero: not at all.</param>
    /// <param name="folder">Where leases are kept; null: <see cref="LeaseFolder"/>.</param>
    /// <exception cref="BoardHeldException">It was held all the time.</exception>
    /// <exception cref="IOException">The lock's file cannot be written.</exception>
    [SuppressMessage("Design", "CA1068", Justification = "The folder is an afterthought that few callers give.")]
    public static async Task<BoardLease> AcquireAsync(
        BoardDescription board, TimeSpan wait, CancellationToken cancel = default, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(board);
        var path = PathOf(board, folder);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (TryLock(path) is { } held)
            {
                WriteHolder(path, LeaseHolder.Self(board.Name));
                return new BoardLease(held, path);
            }

            if (clock.Elapsed >= wait && clock.Elapsed >= LeastWait)
            {
                throw new BoardHeldException(board.Name, ReadHolder(path) ?? LeaseHolder.Unknown);
            }

            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>Who holds the board; null: it is free.</summary>
    /// <exception cref="IOException">The lock's file cannot be looked at.</exception>
    public static LeaseHolder? HolderOf(BoardDescription board, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(board);
        var path = PathOf(board, folder);
        if (!File.Exists(path)) return null;
        using var held = TryLock(path);
        return held is null ? ReadHolder(path) ?? LeaseHolder.Unknown : null;
    }

    /// <summary>Gives the board back.</summary>
    public void Dispose()
    {
        if (_lock is not { } held) return;
        _lock = null;
        File.Delete(HolderPath(_path));
        held.Dispose();
    }

    private static string PathOf(BoardDescription board, string? folder)
    {
        var port = board.Log.ToString();
        var readable = new string([.. port.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')]);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(port)))[..8];
        var start = readable.Length > 60 ? readable[^60..] : readable;
        return Path.Combine(folder ?? LeaseFolder.Open(), $"{start.TrimStart('_')}-{digest}.lock");
    }

    /// <summary>
    /// .NET locks a file that is shared with nobody by flock on Linux, opened with O_CLOEXEC; Windows shares it with
    /// nobody in fact. Null where another holds it.
    /// </summary>
    private static FileStream? TryLock(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException($"the lease {path} is a link, which is not followed; remove it");
        }

        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"the lease {path} cannot be opened: {e.Message}", e);
        }
    }

    // A sharing violation of Windows; EWOULDBLOCK as Linux and macOS number it.
    private static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) is 32 or 33 or 11 or 35;

    private static string HolderPath(string path) => Path.ChangeExtension(path, ".holder");

    private static void WriteHolder(string path, LeaseHolder holder)
    {
        // Renamed when whole, so that nobody reads half of it.
        var draft = HolderPath(path) + ".new";
        // A link that somebody left there is removed, not followed.
        File.Delete(draft);
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(holder.ToText()));
        }

        File.Move(draft, HolderPath(path), overwrite: true);
    }

    private static LeaseHolder? ReadHolder(string path)
    {
        try
        {
            return LeaseHolder.FromText(InputFile.ReadText(HolderPath(path), MostHolderBytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
