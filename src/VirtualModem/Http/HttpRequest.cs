using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Update;

namespace AirHil.VirtualModem.Http;

/// <summary>What <c>http.request</c> was asked for, as the client sends it.</summary>
internal sealed class HttpRequest
{
    public required HttpUrl Url { get; init; }

    /// <summary>POST or PUT: only these send what is in a zbuff.</summary>
    public required bool IsPost { get; init; }

    /// <summary>The lines of the script, "Name: value", then that of the body's length.</summary>
    public required ReadOnlyMemory<byte> Headers { get; init; }

    /// <summary>Whether the script gave a Host line, so that none is added.</summary>
    public required bool HasHost { get; init; }

    /// <summary>The text body; null without one.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The zbuff given as body.</summary>
    public IHttpBuffer? Buffer { get; init; }

    /// <summary>Milliseconds for all of it; 0: no limit.</summary>
    public required uint TimeoutMs { get; init; }

    /// <summary>The file that takes the response's body; null: none.</summary>
    public string? Destination { get; init; }

    /// <summary>What takes the response's body as an update of the firmware; null: nothing does.</summary>
    public UpdateWriter? Update { get; init; }

    /// <summary>Whether a function of the script is called for the headers and for each piece of the body.</summary>
    public required bool TellsProgress { get; init; }

    /// <summary>Of https: whether the server must show a certificate that is trusted.</summary>
    public required bool Verifies { get; init; }

    /// <summary>Of https: whom the client trusts; null: nobody.</summary>
    public PemCertificates? Authorities { get; init; }

    /// <summary>Of https: the client's own certificate; null: it has none.</summary>
    public TlsIdentity? Identity { get; init; }

    /// <summary>What goes out as the body, 4096 bytes at a time; empty: nothing.</summary>
    public ReadOnlySpan<byte> Content =>
        Body is { } text ? text.Span : IsPost && Buffer is not null ? Buffer.Data : default;
}
