namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// The parts of a token of <c>iotauth.onenet</c>, one behind the other as V1112 has them in memory
/// (L:components/iotauth/luat_iotauth.c, sign_msg): a version of 12 bytes and more runs over the method, and into the
/// resource, which is written last.
/// </summary>
internal sealed class OneNetMessage
{
    /// <summary>Bytes of the resource and of the signature, with the final zero.</summary>
    public const int TextBuffer = 64;

    private const int WordBuffer = 12;
    private const int MethodAt = WordBuffer;
    private const int ResourceAt = 2 * WordBuffer;

    private readonly char[] _memory = new char[ResourceAt + TextBuffer + TextBuffer + 1];

    public OneNetMessage(string version, string method, string resource)
    {
        Put(MethodAt, method);
        Put(0, version);
        Resource = resource;
        IsOverrun = Math.Max(version.Length, method.Length) >= WordBuffer || resource.Length >= TextBuffer;
    }

    /// <summary>Whether a part runs over the one behind it.</summary>
    public bool IsOverrun { get; }

    public string Version => At(0);

    public string Method => At(MethodAt);

    public string Resource
    {
        get => At(ResourceAt);
        set => Put(ResourceAt, value + "\0");
    }

    private void Put(int at, string text) =>
        text.AsSpan(0, Math.Min(text.Length, _memory.Length - 1 - at)).CopyTo(_memory.AsSpan(at));

    private string At(int start)
    {
        var text = _memory.AsSpan(start);
        return text[..text.IndexOf('\0')].ToString();
    }
}
