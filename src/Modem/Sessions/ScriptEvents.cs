namespace AirHil.Modem.Sessions;

/// <summary>Something of a script that plays a peer or a service. Its modem is "" where it serves them all.</summary>
/// <param name="Name">The script's, as the user wrote it.</param>
public abstract record ScriptEvent(TimeSpan At, string Name) : SessionEvent(At)
{
    public sealed override SessionLane Lane => SessionLane.Script;
}

/// <summary>It wrote a line.</summary>
public sealed record ScriptLogged(TimeSpan At, string Name, string Line) : ScriptEvent(At, Name);

/// <summary>An error has ended it, and the run with it.</summary>
/// <param name="Why">It names the file and the line, and has the traceback behind it.</param>
public sealed record ScriptFailed(TimeSpan At, string Name, string Why) : ScriptEvent(At, Name);
