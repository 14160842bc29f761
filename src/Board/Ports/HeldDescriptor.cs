using Microsoft.Win32.SafeHandles;

namespace AirHil.Board.Ports;

/// <summary>
/// Keeps a descriptor from being closed, and its number from being given away, during a call of the system.
/// </summary>
internal readonly ref struct HeldDescriptor : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly bool _added;

    public HeldDescriptor(SafeFileHandle handle)
    {
        _handle = handle;
        Value = -1;
        try
        {
            handle.DangerousAddRef(ref _added);
            Value = (int)handle.DangerousGetHandle();
        }
        catch (ObjectDisposedException)
        {
            // The caller meets a descriptor of -1.
        }
    }

    /// <summary>The descriptor; -1 where it is closed already.</summary>
    public int Value { get; }

    public void Dispose()
    {
        if (_added) _handle.DangerousRelease();
    }
}
