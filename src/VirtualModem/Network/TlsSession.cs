using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// The TLS side of a control (mbedTLS 2.28): whether it is on, what it verifies, and the system heap that it takes
/// (reference-net §1.10, §7). The records themselves are the air's.
/// </summary>
internal sealed class TlsSession(Board board, NetworkStack stack)
{
    /// <summary>One record buffer of mbedtls_ssl_setup; there are two.</summary>
    private const int RecordBufferBytes = 16_717;

    private bool _buffers;
    private bool _handshake;
    private bool _verifies;
    private string _authorities = "";

    public bool IsOn { get; private set; }

    /// <summary>What a server's certificate is checked against, in PEM; null: nothing is checked.</summary>
    public string? Authorities => _verifies ? _authorities : null;

    /// <summary>Certificates and their key, in PEM, for a server that asks for them; null: none.</summary>
    public string? Identity { get; private set; }

    /// <summary>
    /// network_init_tls: turns it on. What is verified stays as the first call says until <see cref="TurnOff"/>.
    /// </summary>
    public void TurnOn(bool verifies)
    {
        if (!IsOn) _verifies = verifies;
        IsOn = true;
    }

    /// <summary>Certificates of authorities, in PEM.</summary>
    public void AddAuthorities(string pem) => _authorities += pem;

    /// <summary>The module's own certificate; the first one counts (mbedtls_ssl_conf_own_cert).</summary>
    public void AddIdentity(TlsIdentity identity) => Identity ??= identity.Certificates.Pem + identity.KeyPem;

    /// <summary>network_deinit_tls.</summary>
    public void TurnOff()
    {
        Drop();
        (IsOn, _verifies, _authorities, Identity) = (false, false, "", null);
    }

    /// <summary>Sets a connection up; false: no heap for its record buffers.</summary>
    public bool Begin()
    {
        Drop();
        if (!stack.Heap.TryAllocate(RecordBufferBytes)) return false;
        if (!stack.Heap.TryAllocate(RecordBufferBytes + board.Parameters.TlsSessionBytes))
        {
            stack.Heap.Free(RecordBufferBytes);
            return false;
        }

        _buffers = true;
        _handshake = stack.Heap.TryAllocate(board.Parameters.TlsHandshakeBytes);
        return true;
    }

    /// <summary>
    /// The server's part of the handshake has come. Null: it is accepted; else the code and the step of the line.
    /// </summary>
    /// <param name="failure">Why the server, or the way, ended the handshake; null: it did not.</param>
    public (int Code, int Step)? Finish(string? failure)
    {
        (int, int)? error = failure switch
        {
            null => null,
            _ when failure.Contains("certificate", StringComparison.OrdinalIgnoreCase) => (0x2700, 3),
            _ when failure.Contains("does not speak TLS", StringComparison.Ordinal) => (0x7200, 2),
            _ => (0x7780, 2),
        };
        if (error is null && !_handshake) error = (0x7F00, 2);
        if (error is null && _verifies && !(_authorities.Length > 0 && stack.ClockIsSet())) error = (0x2700, 3);
        EndHandshake();
        return error;
    }

    /// <summary>mbedtls_ssl_free: the buffers of a connection go, the settings stay.</summary>
    public void Drop()
    {
        EndHandshake();
        if (!_buffers) return;
        _buffers = false;
        stack.Heap.Free(RecordBufferBytes);
        stack.Heap.Free(RecordBufferBytes + board.Parameters.TlsSessionBytes);
    }

    private void EndHandshake()
    {
        if (_handshake) stack.Heap.Free(board.Parameters.TlsHandshakeBytes);
        _handshake = false;
    }
}
