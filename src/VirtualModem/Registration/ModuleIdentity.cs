using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Modem.Units;

namespace AirHil.VirtualModem.Registration;

/// <summary>The numbers that a module and its SIM carry: those of the seed, where the rig gives no others.</summary>
public sealed record ModuleIdentity(
    string Imei, string Imsi, string Iccid, string SerialNumber, string Muid, ReadOnlyMemory<byte> UniqueId)
{
    /// <summary>An Air780E's IMEI range, as seen in boot logs (reference §2.9).</summary>
    private const string ImeiPrefix = "86771307";

    public static ModuleIdentity FromSeed(ulong seed)
    {
        var random = SplitMix64.For(seed, "identity");
        var imei = CheckDigit.AppendTo(ImeiPrefix + Digits(random, 6));
        var imsi = "46004" + Digits(random, 10);
        var iccid = CheckDigit.AppendTo("898604" + Digits(random, 13));
        var serial = Digits(random, 12);
        var muid = Convert.ToHexString(Bytes(random, 16));
        return new ModuleIdentity(imei, imsi, iccid, serial, muid, Bytes(random, 10));
    }

    /// <summary>With another number of the module's own.</summary>
    public ModuleIdentity With(ModuleLabel label) => label.Number switch
    {
        ModuleNumber.Imei => this with { Imei = label.Value },
        ModuleNumber.SerialNumber => this with { SerialNumber = label.Value },
        ModuleNumber.Muid => this with { Muid = label.Value },
        _ => this with { UniqueId = Convert.FromHexString(label.Value) },
    };

    /// <summary>The number of a card: what it has itself, or one that goes with its subscriber.</summary>
    public string IccidOf(SimCard card) => card.Iccid
        ?? (card.Imsi is { Length: > 2 } imsi ? CheckDigit.AppendTo("898604" + imsi[2..]) : Iccid);

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
}
