using System.Globalization;

namespace AirHil.Lua.Library;

/// <summary>The conversions of strftime in the C locale.</summary>
internal readonly struct OsDateText(OsCalendar date, string zone, int offsetSeconds, bool withC99)
{
    private const string C89 = "aAbBcdHIjmMpSUwWxXyYZ%";
    private const string C99 = C89 + "CDeFgGhnrRtTuVz";
    private const string WithE = "cCxXyY";
    private const string WithO = "deHImMSuUVwWy";

    private static readonly string[] Days =
        ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];

    /// <summary>
    /// Adds the conversion at the start of <paramref name="format"/>; false where there is no such one.
    /// </summary>
    public bool TryAppend(StringBuffer buffer, ReadOnlySpan<byte> format, out int used)
    {
        used = 0;
        if (format.IsEmpty) return false;
        var letter = (char)format[0];
        var modified = withC99 && letter is 'E' or 'O' && format.Length > 1;
        if (modified)
        {
            var allowed = letter == 'E' ? WithE : WithO;
            letter = (char)format[1];
            if (!withC99 || !allowed.Contains(letter, StringComparison.Ordinal)) return false;
            used = 2;
        }
        else
        {
            if (!(withC99 ? C99 : C89).Contains(letter, StringComparison.Ordinal)) return false;
            used = 1;
        }

        buffer.AddAscii(Convert(letter));
        return true;
    }

    private static string Two(long value) => value.ToString("D2", CultureInfo.InvariantCulture);

    private static string Plain(long value) => value.ToString(CultureInfo.InvariantCulture);

    private int Hour12 => date.Hour % 12 == 0 ? 12 : date.Hour % 12;

    private int CenturyYear => (int)((date.Year % 100 + 100) % 100);

    private string Clock => $"{Two(date.Hour)}:{Two(date.Minute)}:{Two(date.Second)}";

    private string AmericanDate => $"{Two(date.Month)}/{Two(date.Day)}/{Two(CenturyYear)}";

    private string BlankDay => Plain(date.Day).PadLeft(2);

    private string Convert(char letter) => letter switch
    {
        'a' => Days[date.WeekDay][..3],
        'A' => Days[date.WeekDay],
        'b' or 'h' => Months[date.Month - 1][..3],
        'B' => Months[date.Month - 1],
        'c' => $"{Days[date.WeekDay][..3]} {Months[date.Month - 1][..3]} {BlankDay} {Clock} {Plain(date.Year)}",
        'C' => Two((date.Year - CenturyYear) / 100),
        'd' => Two(date.Day),
        'D' or 'x' => AmericanDate,
        'e' => BlankDay,
        'F' => $"{Plain(date.Year)}-{Two(date.Month)}-{Two(date.Day)}",
        'g' => Two((IsoWeek.Year % 100 + 100) % 100),
        'G' => Plain(IsoWeek.Year),
        'H' => Two(date.Hour),
        'I' => Two(Hour12),
        'j' => (date.YearDay + 1).ToString("D3", CultureInfo.InvariantCulture),
        'm' => Two(date.Month),
        'M' => Two(date.Minute),
        'n' => "\n",
        'p' => date.Hour < 12 ? "AM" : "PM",
        'r' => $"{Two(Hour12)}:{Two(date.Minute)}:{Two(date.Second)} {(date.Hour < 12 ? "AM" : "PM")}",
        'R' => $"{Two(date.Hour)}:{Two(date.Minute)}",
        'S' => Two(date.Second),
        't' => "\t",
        'T' or 'X' => Clock,
        'u' => Plain(date.WeekDay == 0 ? 7 : date.WeekDay),
        'U' => Two((date.YearDay + 7 - date.WeekDay) / 7),
        'V' => Two(IsoWeek.Week),
        'w' => Plain(date.WeekDay),
        'W' => Two((date.YearDay + 7 - ((date.WeekDay + 6) % 7)) / 7),
        'y' => Two(CenturyYear),
        'Y' => Plain(date.Year),
        'z' => (offsetSeconds < 0 ? "-" : "+") + Two(Math.Abs(offsetSeconds) / 3600) +
            Two(Math.Abs(offsetSeconds) / 60 % 60),
        'Z' => zone,
        _ => "%",
    };

    /// <summary>ISO 8601: a week belongs to the year of its Thursday.</summary>
    private (long Year, int Week) IsoWeek
    {
        get
        {
            var thursday = date.YearDay + 3 - ((date.WeekDay + 6) % 7);
            var year = date.Year;
            if (thursday < 0)
            {
                year--;
                thursday += (int)(OsCalendar.DaysBefore(year + 1, 1) - OsCalendar.DaysBefore(year, 1));
            }
            else if (thursday >= OsCalendar.DaysBefore(year + 1, 1) - OsCalendar.DaysBefore(year, 1))
            {
                thursday -= (int)(OsCalendar.DaysBefore(year + 1, 1) - OsCalendar.DaysBefore(year, 1));
                year++;
            }

            return (year, (thursday / 7) + 1);
        }
    }
}
