namespace AirHil.Rig.Files;

/// <summary>
/// Writes a file as a whole: into a file beside it that is renamed when it is complete. Whoever reads sees the old file
/// or the new one, also where a disk is full, two processes write at a time, or a process is killed. A process that is
/// ended by <see cref="Environment.Exit"/> in the midst of it leaves nothing beside the file.
/// </summary>
public static class WholeFile
{
    private static readonly object Gate = new();
    private static readonly HashSet<string> Drafts = new(StringComparer.Ordinal);

    static WholeFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll();

    /// <summary>
    /// Writes the file; folders on the way are made, a file of that name is replaced, a link is followed.
    /// </summary>
    /// <remarks>What is no regular file, such as /dev/stdout or a pipe, is written to directly.</remarks>
    /// <exception cref="IOException">It cannot be written; what was there is unchanged, and nothing is left beside it.
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Write(path, write, isKept: true);
    }

    /// <summary>
    /// Sees whether the file can be written, before there is something to write: folders on the way are made, and what
    /// is there stays.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void TryOut(string path) => Write(path, _ => { }, isKept: false);

    /// <summary>Makes the folder in which a file is to be.</summary>
    /// <exception cref="IOException">It cannot be made; the message names it.</exception>
    public static void MakeFolder(string place)
    {
        if (Path.GetDirectoryName(place) is not { Length: > 0 } folder) return;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException e) when (File.Exists(folder))
        {
            throw new IOException($"'{place}' cannot be written: '{folder}' is a file and no folder", e);
        }
    }

    private static void Write(string path, Action<Stream> write, bool isKept)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new IOException($"'{path}' cannot be the name of a file");
        }

        var kind = FileStatus.Of(path).Kind;
        if (kind == FileKind.Special)
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        var target = kind == FileKind.Missing ? null : File.ResolveLinkTarget(path, returnFinalTarget: true);
        var place = target?.FullName ?? Path.GetFullPath(path);
        MakeFolder(place);
        var draft = "";
        try
        {
            using (var file = New(place, out draft))
            {
                using var buffered = new BufferedStream(file, 1 << 16);
                write(buffered);
            }

            lock (Gate)
            {
                if (isKept) File.Move(draft, place, overwrite: true);
                else File.Delete(draft);
                Drafts.Remove(draft);
            }
        }
        catch
        {
            lock (Gate)
            {
                Discard(draft);
                Drafts.Remove(draft);
            }

            throw;
        }
    }

    private static FileStream New(string place, out string draft)
    {
        for (var number = 1; ; number++)
        {
            draft = FormattableString.Invariant($"{place}.{Environment.ProcessId}-{number}.new");
            try
            {
                lock (Gate)
                {
                    var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
                    Drafts.Add(draft);
                    return file;
                }
            }
            catch (IOException) when (File.Exists(draft))
            {
                // Another write of this process, or what a killed process with this number left.
            }
        }
    }

    /// <summary>The lock is kept: other threads still run, and must not begin or complete a file from now on.</summary>
    private static void EndAll()
    {
        Monitor.Enter(Gate);
        foreach (var draft in Drafts) Discard(draft);
    }

    private static void Discard(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The first error says more.
        }
    }
}
