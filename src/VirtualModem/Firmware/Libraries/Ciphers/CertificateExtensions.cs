namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// The extensions of a certificate, as mbedTLS 2.28.2 reads them (L:components/mbedtls/library/x509_crt.c): it refuses
/// what is critical and not known to it.
/// </summary>
internal static class CertificateExtensions
{
    private const int Invalid = 0x2500;
    private const int NotAvailable = 0x2080;

    private const byte Extensions = 0xA3;
    private const string BasicConstraints = "551D13";
    private const string KeyUsage = "551D0F";
    private const string ExtendedKeyUsage = "551D25";
    private const string SubjectAltName = "551D11";
    private const string Policies = "551D20";
    private const string NetscapeType = "6086480186F8420101";
    private const string AnyPolicy = "551D2000";
    private const string HardwareModuleName = "2B06010505070804";

    /// <exception cref="RsaKeyException">One is refused.</exception>
    public static void Check(ref DerCursor signed)
    {
        if (signed.IsAtEnd) return;
        var content = new DerCursor(signed.Take(Extensions, Invalid));
        var all = new DerCursor(content.Take(DerCursor.Sequence, Invalid));
        content.End(Invalid);
        var known = new HashSet<string>();
        while (!all.IsAtEnd)
        {
            var one = new DerCursor(all.Take(DerCursor.Sequence, Invalid));
            var id = Convert.ToHexString(one.Take(DerCursor.ObjectId, Invalid));
            var isCritical = one.TakeBoolean(Invalid) ?? false;
            var value = one.Take(DerCursor.OctetString, Invalid);
            one.End(Invalid);
            if (!IsKnown(id))
            {
                if (isCritical) throw RsaKeyException.Of(Invalid + DerCursor.UnexpectedTag);
                continue;
            }

            if (!known.Add(id)) throw RsaKeyException.Of(Invalid);
            CheckValue(id, value, isCritical);
        }
    }

    private static bool IsKnown(string id) => id is BasicConstraints or KeyUsage or ExtendedKeyUsage
        or SubjectAltName or Policies or NetscapeType;

    private static void CheckValue(string id, ReadOnlySpan<byte> bytes, bool isCritical)
    {
        var value = new DerCursor(bytes);
        switch (id)
        {
            case BasicConstraints:
                CheckConstraints(value);
                break;
            case KeyUsage:
                if (value.TakeBits(Invalid).IsEmpty) throw RsaKeyException.Of(Invalid + DerCursor.InvalidLength);
                break;
            case NetscapeType:
                if (value.TakeBits(Invalid).Length != 1) throw RsaKeyException.Of(Invalid + DerCursor.InvalidLength);
                break;
            case ExtendedKeyUsage:
                CheckUsage(value);
                break;
            case SubjectAltName:
                CheckNames(value);
                break;
            default:
                if (!ArePoliciesKnown(value) && isCritical) throw RsaKeyException.Of(NotAvailable);
                break;
        }
    }

    private static void CheckConstraints(DerCursor value)
    {
        var parts = Inside(value, DerCursor.Sequence);
        if (parts.IsAtEnd) return;
        if (parts.TakeBoolean(Invalid) is null) parts.TakeInteger(Invalid);
        if (parts.IsAtEnd) return;
        var length = parts.TakeInteger(Invalid);
        parts.End(Invalid);
        if (length == int.MaxValue) throw RsaKeyException.Of(Invalid + DerCursor.InvalidLength);
    }

    private static void CheckUsage(DerCursor value)
    {
        var uses = new DerCursor(value.Take(DerCursor.Sequence, Invalid));
        value.End(Invalid);
        if (uses.IsAtEnd) throw RsaKeyException.Of(Invalid + DerCursor.InvalidLength);
        while (!uses.IsAtEnd) uses.Take(DerCursor.ObjectId, Invalid);
    }

    /// <summary>A name is looked into when the next one has been read, so the last one never is.</summary>
    private static void CheckNames(DerCursor value)
    {
        const int classMask = 0xC0;
        const int context = 0x80;
        const int constructed = 0x20;
        var names = new DerCursor(value.Take(DerCursor.Sequence, Invalid));
        value.End(Invalid);
        byte tag = 0;
        ReadOnlySpan<byte> name = [];
        while (!names.IsAtEnd)
        {
            var next = names.Next;
            var content = names.Take(Invalid);
            if ((next & classMask) != context) throw RsaKeyException.Of(Invalid + DerCursor.UnexpectedTag);
            if ((tag & ~constructed) == context) CheckOtherName(name);
            tag = next;
            name = content;
        }
    }

    private static void CheckOtherName(ReadOnlySpan<byte> bytes)
    {
        const byte value = 0xA0;
        var name = new DerCursor(bytes);
        if (Convert.ToHexString(name.Take(DerCursor.ObjectId, Invalid)) != HardwareModuleName) return;
        if (name.IsAtEnd) throw RsaKeyException.Of(Invalid + DerCursor.LengthMismatch);
        var parts = Inside(Inside(name, value), DerCursor.Sequence);
        parts.Take(DerCursor.ObjectId, Invalid);
        if (parts.IsAtEnd) throw RsaKeyException.Of(Invalid + DerCursor.LengthMismatch);
        parts.Take(DerCursor.OctetString, Invalid);
        parts.End(Invalid);
    }

    /// <summary>mbedTLS enters an element and reads what is behind it as a part of it.</summary>
    private static DerCursor Inside(DerCursor cursor, byte tag)
    {
        var content = cursor.Take(tag, Invalid);
        byte[] inside = [.. content, .. cursor.Rest];
        return new DerCursor(inside);
    }

    private static bool ArePoliciesKnown(DerCursor value)
    {
        var policies = new DerCursor(value.Take(DerCursor.Sequence, Invalid));
        value.End(Invalid);
        if (policies.IsAtEnd) throw RsaKeyException.Of(Invalid + DerCursor.LengthMismatch);
        var known = true;
        while (!policies.IsAtEnd)
        {
            var policy = new DerCursor(policies.Take(DerCursor.Sequence, Invalid));
            known &= Convert.ToHexString(policy.Take(DerCursor.ObjectId, Invalid)) == AnyPolicy;
            if (!policy.IsAtEnd) policy.Take(DerCursor.Sequence, Invalid);
            policy.End(Invalid);
        }

        return known;
    }
}
