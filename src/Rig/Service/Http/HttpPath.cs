namespace AirHil.Rig.Service.Http;

/// <summary>Paths of HTTP requests, as routes and steps write them.</summary>
public static class HttpPath
{
    /// <summary>Whether a path is the wanted one; a wanted one that ends in "*" stands for all that begin so.</summary>
    public static bool Matches(string wanted, string path)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(path);
        return wanted.EndsWith('*') ? path.StartsWith(wanted[..^1], StringComparison.Ordinal) : path == wanted;
    }
}
