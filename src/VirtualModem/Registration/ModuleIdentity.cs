using System.Globalization;

using AirHil.Modem;

namespace AirHil.VirtualModem.Registration;

/// <summary>The numbers that a module and its SIM carry, fixed by the seed.</summary>
public sealed record ModuleIdentity(
    string Imei, string Imsi, string Iccid, string SerialNumber, string Muid, ReadOnlyMemory<byte> UniqueId)
{
    /// <summary>An Air780E's IMEI range, as seen in boot logs (reference §2.9).</summary>
    private const string ImeiPrefix = "86771307";

    public static ModuleIdentity FromSeed(ulong seed)
    {
        var random = SplitMix64.For(seed, "identity");
        var imei = WithLuhn(ImeiPrefix + Digits(random, 6));
        var imsi = "46004" + Digits(random, 10);
        var iccid = WithLuhn("898604" + Digits(random, 13));
        var serial = Digits(random, 12);
        var muid = Convert.ToHexString(Bytes(random, 16));
        return new ModuleIdentity(imei, imsi, iccid, serial, muid, Bytes(random, 10));
    }

    private static string Digits(SplitMix64 random, int count) => string.Create(count, random, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = (char)('0' + source.Below(10));
    });

    private static byte[] Bytes(SplitMix64 random, int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)random.Below(256);
        return bytes;
    }

    /// <summary>Appends the check digit of ISO/IEC 7812 (Luhn).</summary>
    private static string WithLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 0) digit *= 2;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return digits + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }
}
