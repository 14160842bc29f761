namespace AirHil.Lua.Run;

/// <summary>How a slice of execution ended.</summary>
public enum RunStatus
{
    /// <summary>The main function returned; <see cref="LuaState.Results"/> has its values.</summary>
    Finished,

    /// <summary>The budget is used up; call <see cref="LuaState.Run"/> again to go on.</summary>
    Preempted,

    /// <summary>
    /// A native routine waits for the host; call <see cref="LuaState.Resume"/>, then <see cref="LuaState.Run"/>.
    /// </summary>
    Suspended,

    /// <summary>An error left the main function; <see cref="LuaState.Error"/> has it.</summary>
    Failed,
}
