using AirHil.Cli.Usage;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Targets;

/// <summary>Session files that the user names: what is wrong with one is the user's to know, in words.</summary>
internal static class SessionFile
{
    /// <exception cref="UsageException">It is missing, unreadable or no session.</exception>
    public static SessionReader Open(string path)
    {
        if (Directory.Exists(path)) throw new UsageException($"'{path}' is a folder; name one of the sessions in it");
        if (!File.Exists(path))
        {
            throw new UsageException(
                $"there is no session '{path}' (looked in {Directory.GetCurrentDirectory()}); `airhil run … " +
                $"--record DIR` and `airhil test --record DIR` write them");
        }

        try
        {
            using (var first = SessionReader.Open(path))
            {
                if (IsNothing(first))
                {
                    throw new UsageException(
                        $"{path}: the recording was cut off before its first event, so there is nothing in it");
                }
            }

            return SessionReader.Open(path);
        }
        catch (Exception e) when (e is SessionFormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>Reads a session to its end.</summary>
    /// <exception cref="UsageException">As for <see cref="Open"/>, or it is damaged.</exception>
    public static void Check(string path)
    {
        using var reader = Open(path);
        try
        {
            while (reader.TryRead(out _))
            {
            }
        }
        catch (SessionFormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>What was wrong with the end of a session that was read, in the same words for every command.</summary>
    public static void TellRepairs(TextWriter error, IEnumerable<string> repairs)
    {
        foreach (var repair in repairs) error.WriteLine($"airhil: {repair}");
    }

    /// <summary>Whether not one event is left of a file that was cut off.</summary>
    private static bool IsNothing(SessionReader reader)
    {
        while (reader.TryRead(out var entry))
        {
            if (entry.Event is not null) return false;
        }

        return reader.End is null;
    }

    /// <summary>Does something that reads sessions.</summary>
    /// <exception cref="UsageException">One is damaged.</exception>
    public static async Task<T> Reading<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (SessionFormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
