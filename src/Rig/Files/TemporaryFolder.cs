namespace AirHil.Rig.Files;

/// <summary>A folder of its own below the user's folder for temporary files.</summary>
public static class TemporaryFolder
{
    /// <param name="prefix">How its name begins.</param>
    /// <exception cref="IOException">It cannot be made; the message says where and why.</exception>
    public static DirectoryInfo Create(string prefix)
    {
        try
        {
            return Directory.CreateTempSubdirectory(prefix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system's own message names no folder.
            var place = Path.GetTempPath();
            throw new IOException(
                $"no temporary folder can be made in '{place}': " +
                $"{(Directory.Exists(place) ? e.Message : "there is no such folder")}; TMPDIR names another",
                e);
        }
    }
}
