namespace AirHil.Lua.Library;

/// <summary>A moment in the Gregorian calendar, as struct tm has it, by arithmetic of our own.</summary>
/// <param name="Year">The year; 0 and below are allowed.</param>
/// <param name="Month">1 … 12.</param>
/// <param name="Day">1 … 31.</param>
/// <param name="Hour">0 … 23.</param>
/// <param name="Minute">0 … 59.</param>
/// <param name="Second">0 … 59.</param>
/// <param name="WeekDay">Days since Sunday, 0 … 6.</param>
/// <param name="YearDay">Days since 1 January, 0 … 365.</param>
internal readonly record struct OsCalendar(
    long Year, int Month, int Day, int Hour, int Minute, int Second, int WeekDay, int YearDay)
{
    private const int DaysPer400Years = 146097;
    private const long SecondsPerDay = 86400;

    /// <summary>1970-01-01 was a Thursday.</summary>
    private const int EpochWeekDay = 4;

    /// <summary>The moment that many seconds after 1970-01-01; false where its year does not fit into an int.</summary>
    public static bool TryOf(long seconds, out OsCalendar date)
    {
        var days = FloorDivide(seconds, SecondsPerDay);
        var inDay = (int)(seconds - (days * SecondsPerDay));
        // An estimate of the year that is never late by more than one.
        var year = 1970 + FloorDivide(days * 400, DaysPer400Years);
        while (DaysBefore(year + 1, 1) <= days) year++;
        while (DaysBefore(year, 1) > days) year--;
        var yearDay = (int)(days - DaysBefore(year, 1));
        var month = 12;
        while (DaysBefore(year, month) > days) month--;
        var weekDay = (int)(((days + EpochWeekDay) % 7 + 7) % 7);
        date = new OsCalendar(
            year, month, (int)(days - DaysBefore(year, month)) + 1, inDay / 3600, inDay / 60 % 60, inDay % 60, weekDay,
            yearDay);
        return year - 1900 is >= int.MinValue and <= int.MaxValue;
    }

    /// <summary>
    /// As the module's firmware counts: days without a sign, in blocks of 400, 100 and 4 years from 2001 on, the year
    /// in 16 bits. From 1970 on it is the same up to 2400; a moment before lies in a year far away.
    /// </summary>
    public static OsCalendar OfUnsigned(long seconds)
    {
        var days = unchecked((uint)((ulong)seconds / SecondsPerDay));
        var weekDay = (int)(unchecked(EpochWeekDay + days) % 7);
        var left = days;
        var years = TakeYears(ref left);
        var year = (ushort)(1970 + years);
        var month = 12;
        while (DaysBefore(year, month) - DaysBefore(year, 1) > left) month--;
        var day = (int)(left - (DaysBefore(year, month) - DaysBefore(year, 1))) + 1;
        var inDay = (int)((ulong)seconds % SecondsPerDay);
        return new OsCalendar(
            year, month, day, inDay / 3600, inDay / 60 % 60, inDay % 60, weekDay, (int)left);
    }

    /// <summary>The whole years of so many days, which are then taken off.</summary>
    private static uint TakeYears(ref uint days)
    {
        const uint daysBefore2001 = 11323;
        const uint daysPer4Years = 1461;
        ReadOnlySpan<(uint Days, uint Years)> blocks =
            [(DaysPer400Years, 400), (36524, 100), (daysPer4Years, 4), (1095, 3), (730, 2), (365, 1)];
        ReadOnlySpan<(uint Days, uint Years)> blocksBefore2001 = [(daysPer4Years, 4), (1096, 3), (730, 2), (365, 1)];
        var is21st = days >= daysBefore2001;
        var years = is21st ? 31u : 0;
        if (is21st) days -= daysBefore2001;
        foreach (var (length, count) in is21st ? blocks : blocksBefore2001)
        {
            var times = days / length;
            years += times * count;
            days -= times * length;
            if (times > 0 && count < 4) break;
        }

        return years;
    }

    /// <summary>Days from 1970-01-01 to the first of a month; months beyond 1 … 12 count into other years.</summary>
    public static long DaysBefore(long year, long month)
    {
        year += FloorDivide(month - 1, 12);
        month = ((month - 1) % 12 + 12) % 12;
        // Years that begin in March have their leap day at the end.
        var shifted = month < 2 ? year - 1 : year;
        var monthFromMarch = (month + 10) % 12;
        var leapDays = FloorDivide(shifted, 4) - FloorDivide(shifted, 100) + FloorDivide(shifted, 400);
        const int daysToMarch1970 = 719468;
        return (shifted * 365) + leapDays + (((monthFromMarch * 153) + 2) / 5) - daysToMarch1970;
    }

    private static long FloorDivide(long a, long b) => a >= 0 ? a / b : -((b - 1 - a) / b);
}
