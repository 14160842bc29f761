using System.Buffers.Binary;

namespace AirHil.VirtualModem.Gnss;

/// <summary>
/// The message AID-INI, which gives a CASIC receiver the time and its place, so that it has a position sooner
/// (L:components/minmea/casicAgnssAidIni.c).
/// </summary>
/// <param name="Year">All numbers are UTC, and none is checked.</param>
/// <param name="HasTime">Whether the receiver may use the time.</param>
/// <param name="Latitude">Degrees, north of the equator positive; as <paramref name="Longitude"/> to the east.</param>
/// <param name="Altitude">In m.</param>
/// <param name="HasPlace">Whether the receiver may use the place.</param>
internal readonly record struct CasicAid(
    int Year, int Month, int Day, int Hour, int Minute, int Second, bool HasTime,
    double Latitude, double Longitude, double Altitude, bool HasPlace)
{
    /// <summary>The month behind which the C code reads beyond its table of days.</summary>
    public const int LastMonth = 13;

    private const int FirstYear = 1980;
    private const int Length = 56;
    private const int Head = 6;
    private const ulong Week = 604_800;
    private const int LeapSeconds = 17;

    /// <summary>The place is in degrees, not in metres.</summary>
    private const int IsDegrees = 0x20;

    private static readonly int[] MonthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>The 66 bytes of the message.</summary>
    public byte[] ToBytes()
    {
        var (week, second) = GpsTime();
        var message = new byte[Head + Length + sizeof(int)];
        ((ReadOnlySpan<byte>)[0xBA, 0xCE, Length, 0, 0x0B, 1]).CopyTo(message);
        var body = message.AsSpan(Head, Length);
        BinaryPrimitives.WriteDoubleLittleEndian(body, Latitude);
        BinaryPrimitives.WriteDoubleLittleEndian(body[8..], Longitude);
        BinaryPrimitives.WriteDoubleLittleEndian(body[16..], Altitude);
        BinaryPrimitives.WriteDoubleLittleEndian(body[24..], second);
        BinaryPrimitives.WriteUInt16LittleEndian(body[52..], week);
        body[55] = (byte)(IsDegrees | (HasPlace ? 1 : 0) | (HasTime ? 2 : 0));
        var sum = 0x010B0038;
        for (var i = 0; i < Length; i += sizeof(int))
        {
            sum = unchecked(sum + BinaryPrimitives.ReadInt32LittleEndian(body[i..]));
        }

        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(Head + Length), sum);
        return message;
    }

    /// <summary>Weeks since 6 January 1980, and the second of the week. C counts seconds without a sign.</summary>
    private (ushort Week, ulong Second) GpsTime()
    {
        unchecked
        {
            var days = Day - 6 + (int)DaysOfYears();
            for (var month = 1; month < Month && month < LastMonth; month++)
            {
                days += MonthDays[month - 1] + (month == 2 && IsLeap(Year) ? 1 : 0);
            }

            var second = (ulong)(days % 7 * 86_400) + (ulong)((Hour * 3600) + (Minute * 60) + Second) + LeapSeconds;
            var isNextWeek = second >= Week;
            return ((ushort)((days / 7) + (isNextWeek ? 1 : 0)), isNextWeek ? second - Week : second);
        }
    }

    /// <summary>The days of all years from 1980 on before this one.</summary>
    private long DaysOfYears()
    {
        if (Year <= FirstYear) return 0;
        return ((Year - FirstYear) * 365L) + Leaps(Year - 1) - Leaps(FirstYear - 1);
    }

    private static long Leaps(long year) => (year / 4) - (year / 100) + (year / 400);

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
