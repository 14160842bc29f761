namespace AirHil.VirtualModem.Gnss;

/// <summary>A time of day.</summary>
internal readonly record struct NmeaTime(int Hour, int Minute, int Second, int Microsecond)
{
    /// <summary>
    /// The date and time as the binding's table has them (minmea_getdatetime): of two digits of a year, those below 80
    /// belong to 2000. Without a date or a time everything is 0.
    /// </summary>
    public static (int Year, int Month, int Day, NmeaTime Time) With(
        (int Day, int Month, int Year)? date, NmeaTime? time)
    {
        if (date is not var (day, month, year) || time is not { } known) return (0, 1, 0, default);
        var full = year < 80 ? 2000 + year : year >= 1900 ? year : 1900 + year;
        return (full, month, day, known);
    }
}
