using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Ciphers;
using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>What a client's TLS context costs where it is made, and the certificates that it is given.</summary>
internal static class TlsSetup
{
    /// <summary>Charges the processor time of the context with its seeded generator.</summary>
    public static void Charge(in LuaCall call)
    {
        var parameters = call.Host<FirmwareHost>().Parameters;
        call.State.Charge((long)(parameters.TlsClientSetupTime.TotalSeconds * parameters.InstructionsPerSecond));
    }

    /// <summary>Whom a client trusts; null: the script gives nobody.</summary>
    public static PemCertificates? Authorities(LuaString? text) =>
        text is null ? null : CertificateReader.Read(text.Span);

    /// <summary>
    /// A client's own certificate; null: the script gives none. V1112 counts the zero behind the password to it, so
    /// that a key in the old form of OpenSSL never opens, and one of PKCS #8 does, where zeros fill a password up.
    /// </summary>
    public static TlsIdentity? Identity(
        in LuaCall call, string function, LuaString? certificate, LuaString? key, LuaString? password)
    {
        if (certificate is null) return null;
        var certificates = CertificateReader.Read(certificate.Span);
        if (certificates.Error != 0) return new TlsIdentity(certificates, 0, "");
        var read = RsaKey.ReadPrivate(
            (key ?? LuaString.Empty).Span, password is null ? null : [.. password.Span, 0]);
        if (read.NotModelled is { } kind) throw NotModelled.Error(call, $"{function} with {kind}");
        call.State.Charge(read.HashedBytes);
        return new TlsIdentity(certificates, read.Error, read.Pem);
    }
}
