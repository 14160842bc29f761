namespace AirHil.Board.Ports;

/// <summary>Gives a port back to the system off the caller's thread, since that may take long or for ever.</summary>
internal static class PortRelease
{
    /// <summary>A port is given back within this time, or left to its thread.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static void Run(Action release)
    {
        var thread = new Thread(release.Invoke) { IsBackground = true, Name = "serial port release" };
        thread.Start();
        thread.Join(Limit);
    }
}
