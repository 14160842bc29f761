namespace AirHil.Lua.Run;

/// <summary>
/// A native function failed in a way that no function may fail: with an exception that is no error of Lua. It is a
/// fault of this program, and the message names the line of the script that met it.
/// </summary>
public sealed class NativeFaultException : Exception
{
    internal NativeFaultException(string function, string place, Exception cause)
        : base($"'{function}', called at {place}, failed: {cause.GetType().Name}: {cause.Message}", cause)
    {
    }
}
