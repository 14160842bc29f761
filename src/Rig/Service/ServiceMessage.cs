using System.Text;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service;

/// <summary>One whole message of an application, its fragments joined.</summary>
public sealed record ServiceMessage(ReadOnlyMemory<byte> Bytes, bool IsText)
{
    /// <summary>The bytes as UTF-8; what is not valid is replaced.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    internal FrameKind Frame => IsText ? FrameKind.Text : FrameKind.Binary;

    public static ServiceMessage Of(string text) => new(Encoding.UTF8.GetBytes(text), true);
}
