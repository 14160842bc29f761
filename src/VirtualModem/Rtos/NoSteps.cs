using System.Collections;

using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Rtos;

/// <summary>The steps of a handler that calls no Lua.</summary>
internal sealed class NoSteps : IEnumerator<NativeStep>
{
    public static readonly NoSteps Instance = new();

    public NativeStep Current => default;
    object IEnumerator.Current => Current;

    public bool MoveNext() => false;

    public void Reset()
    {
    }

    public void Dispose()
    {
    }
}
