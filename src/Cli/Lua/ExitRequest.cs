namespace AirHil.Cli.Lua;

/// <summary>os.exit: leaves the engine through all frames.</summary>
internal sealed class ExitRequest(int code, bool closesState) : OperationCanceledException("os.exit")
{
    public int Code { get; } = code;
    public bool ClosesState { get; } = closesState;
}
