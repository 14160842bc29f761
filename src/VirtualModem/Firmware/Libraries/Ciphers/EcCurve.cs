using System.Globalization;
using System.Numerics;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// An elliptic curve y² = x³ + ax + b over a prime, with a base point of prime order. The curves are those of mbedTLS
/// that the configuration of EC618 leaves on and that keys can name; the numbers are those of SEC 2 and RFC 5639.
/// </summary>
/// <param name="Id">The object identifier in a key.</param>
/// <param name="Prime">The prime of the field.</param>
/// <param name="A">a, from 0 to the prime.</param>
/// <param name="B">b.</param>
/// <param name="Base">The base point.</param>
/// <param name="Order">How many points its multiples are.</param>
internal sealed record EcCurve(string Id, BigInteger Prime, BigInteger A, BigInteger B, EcPoint Base, BigInteger Order)
{
    private static readonly EcCurve[] All =
    [
        Of("1.2.840.10045.3.1.1",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFFFFFFFFFF",
            "-3",
            "64210519E59C80E70FA7E9AB72243049FEB8DEECC146B9B1",
            "188DA80EB03090F67CBF20EB43A18800F4FF0AFD82FF1012",
            "07192B95FFC8DA78631011ED6B24CDD573F977A11E794811",
            "FFFFFFFFFFFFFFFFFFFFFFFF99DEF836146BC9B1B4D22831"),
        Of("1.3.132.0.33",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF000000000000000000000001",
            "-3",
            "B4050A850C04B3ABF54132565044B0B7D7BFD8BA270B39432355FFB4",
            "B70E0CBD6BB4BF7F321390B94A03C1D356C21122343280D6115C1D21",
            "BD376388B5F723FB4C22DFE6CD4375A05A07476444D5819985007E34",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFF16A2E0B8F03E13DD29455C5C2A3D"),
        Of("1.2.840.10045.3.1.7",
            "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
            "-3",
            "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B",
            "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
            "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5",
            "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"),
        Of("1.3.132.0.34",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
            "-3",
            "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF",
            "AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7",
            "3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"),
        Of("1.3.132.0.35",
            "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" +
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
            "-3",
            "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF07" +
            "3573DF883D2C34F1EF451FD46B503F00",
            "00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE75928FE1DC127A2FFA8DE" +
            "3348B3C1856A429BF97E7E31C2E5BD66",
            "011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C97EE72995EF42640C550B9013FAD0761" +
            "353C7086A272C24088BE94769FD16650",
            "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D0" +
            "3BB5C9B8899C47AEBB6FB71E91386409"),
        Of("1.3.132.0.31",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFEE37",
            "0",
            "000000000000000000000000000000000000000000000003",
            "DB4FF10EC057E9AE26B07D0280B7F4341DA5D1B1EAE06C7D",
            "9B2F2F6D9C5628A7844163D015BE86344082AA88D95E2F9D",
            "FFFFFFFFFFFFFFFFFFFFFFFE26F2FC170F69466A74DEFD8D"),
        Of("1.3.132.0.32",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFE56D",
            "0",
            "00000000000000000000000000000000000000000000000000000005",
            "A1455B334DF099DF30FC28A169A467E9E47075A90F7E650EB6B7A45C",
            "7E089FED7FBA344282CAFBD6F7E319F7C0B0BD59E2CA4BDB556D61A5",
            "10000000000000000000000000001DCE8D2EC6184CAF0A971769FB1F7"),
        Of("1.3.132.0.10",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F",
            "0",
            "0000000000000000000000000000000000000000000000000000000000000007",
            "79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798",
            "483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141"),
        Of("1.3.36.3.3.2.8.1.1.7",
            "A9FB57DBA1EEA9BC3E660A909D838D726E3BF623D52620282013481D1F6E5377",
            "7D5A0975FC2C3057EEF67530417AFFE7FB8055C126DC5C6CE94A4B44F330B5D9",
            "26DC5C6CE94A4B44F330B5D9BBD77CBF958416295CF7E1CE6BCCDC18FF8C07B6",
            "8BD2AEB9CB7E57CB2C4B482FFC81B7AFB9DE27E1E3BD23C23A4453BD9ACE3262",
            "547EF835C3DAC4FD97F8461A14611DC9C27745132DED8E545C1D54C72F046997",
            "A9FB57DBA1EEA9BC3E660A909D838D718C397AA3B561A6F7901E0E82974856A7"),
        Of("1.3.36.3.3.2.8.1.1.11",
            "8CB91E82A3386D280F5D6F7E50E641DF152F7109ED5456B412B1DA197FB71123ACD3A729901D1A71874700133107EC53",
            "7BC382C63D8C150C3C72080ACE05AFA0C2BEA28E4FB22787139165EFBA91F90F8AA5814A503AD4EB04A8C7DD22CE2826",
            "04A8C7DD22CE28268B39B55416F0447C2FB77DE107DCD2A62E880EA53EEB62D57CB4390295DBC9943AB78696FA504C11",
            "1D1C64F068CF45FFA2A63A81B7C13F6B8847A3E77EF14FE3DB7FCAFE0CBD10E8E826E03436D646AAEF87B2E247D4AF1E",
            "8ABE1D7520F9C2A45CB1EB8E95CFD55262B70B29FEEC5864E19C054FF99129280E4646217791811142820341263C5315",
            "8CB91E82A3386D280F5D6F7E50E641DF152F7109ED5456B31F166E6CAC0425A7CF3AB6AF6B7FC3103B883202E9046565"),
        Of("1.3.36.3.3.2.8.1.1.13",
            "AADD9DB8DBE9C48B3FD4E6AE33C9FC07CB308DB3B3C9D20ED6639CCA703308717D4D9B009BC66842AECDA12AE6A380E62881" +
            "FF2F2D82C68528AA6056583A48F3",
            "7830A3318B603B89E2327145AC234CC594CBDD8D3DF91610A83441CAEA9863BC2DED5D5AA8253AA10A2EF1C98B9AC8B57F11" +
            "17A72BF2C7B9E7C1AC4D77FC94CA",
            "3DF91610A83441CAEA9863BC2DED5D5AA8253AA10A2EF1C98B9AC8B57F1117A72BF2C7B9E7C1AC4D77FC94CADC083E679840" +
            "50B75EBAE5DD2809BD638016F723",
            "81AEE4BDD82ED9645A21322E9C4C6A9385ED9F70B5D916C1B43B62EEF4D0098EFF3B1F78E2D0D48D50D1687B93B97D5F7C6D" +
            "5047406A5E688B352209BCB9F822",
            "7DDE385D566332ECC0EABFA9CF7822FDF209F70024A57B1AA000C55B881F8111B2DCDE494A5F485E5BCA4BD88A2763AED1CA" +
            "2B2FA8F0540678CD1E0F3AD80892",
            "AADD9DB8DBE9C48B3FD4E6AE33C9FC07CB308DB3B3C9D20ED6639CCA70330870553E5C414CA92619418661197FAC10471DB1" +
            "D381085DDADDB58796829CA90069"),
    ];

    /// <summary>Bits of the field, which mbedTLS takes for the key's length.</summary>
    public int Bits => (int)Prime.GetBitLength();

    /// <summary>Bytes of a coordinate in a key.</summary>
    public int Bytes => (Bits + 7) / 8;

    /// <summary>By its identifier; null: mbedTLS has no such curve.</summary>
    public static EcCurve? Find(string id) => Array.Find(All, curve => curve.Id == id);

    /// <summary>Whether a point may be a public key.</summary>
    public bool Has(EcPoint point) =>
        point.X < Prime && point.Y < Prime
        && Mod(point.Y * point.Y - point.X * point.X * point.X - A * point.X - B).IsZero;

    /// <summary>The number times the point plus the other number times the other point; null: infinity.</summary>
    public EcPoint? Sum(BigInteger times, EcPoint point, BigInteger otherTimes, EcPoint other)
    {
        var sum = default(Projected);
        var (first, second) = (new Projected(point.X, point.Y, 1), new Projected(other.X, other.Y, 1));
        for (var bit = (int)BigInteger.Max(times, otherTimes).GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = Twice(sum);
            if (!((times >> bit).IsEven)) sum = Add(sum, first);
            if (!((otherTimes >> bit).IsEven)) sum = Add(sum, second);
        }

        if (sum.Z.IsZero) return null;
        var inverse = BigInteger.ModPow(sum.Z, Prime - 2, Prime);
        var square = Mod(inverse * inverse);
        return new EcPoint(Mod(sum.X * square), Mod(sum.Y * Mod(square * inverse)));
    }

    private Projected Twice(Projected p)
    {
        if (p.Z.IsZero || p.Y.IsZero) return default;
        var square = Mod(p.Y * p.Y);
        var s = Mod(4 * p.X * square);
        var z2 = Mod(p.Z * p.Z);
        var m = Mod(3 * p.X * p.X + A * Mod(z2 * z2));
        var x = Mod(m * m - 2 * s);
        return new Projected(x, Mod(m * (s - x) - 8 * square * square), Mod(2 * p.Y * p.Z));
    }

    private Projected Add(Projected p, Projected q)
    {
        if (p.Z.IsZero) return q;
        var (pz, qz) = (Mod(p.Z * p.Z), Mod(q.Z * q.Z));
        var (u, s) = (Mod(p.X * qz), Mod(p.Y * Mod(qz * q.Z)));
        var (h, r) = (Mod(q.X * pz - u), Mod(q.Y * Mod(pz * p.Z) - s));
        if (h.IsZero) return r.IsZero ? Twice(p) : default;
        var h2 = Mod(h * h);
        var h3 = Mod(h2 * h);
        var x = Mod(r * r - h3 - 2 * u * h2);
        return new Projected(x, Mod(r * (u * h2 - x) - s * h3), Mod(h * Mod(p.Z * q.Z)));
    }

    private BigInteger Mod(BigInteger number)
    {
        var rest = number % Prime;
        return rest.Sign < 0 ? rest + Prime : rest;
    }

    private static EcCurve Of(string id, string prime, string a, string b, string x, string y, string order)
    {
        var p = Number(prime);
        return new EcCurve(
            id, p, a[0] == '-' ? p - Number(a[1..]) : Number(a), Number(b), new EcPoint(Number(x), Number(y)),
            Number(order));
    }

    private static BigInteger Number(string digits) =>
        BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>A point as x/z², y/z³; z is 0 at infinity.</summary>
    private readonly record struct Projected(BigInteger X, BigInteger Y, BigInteger Z);
}
