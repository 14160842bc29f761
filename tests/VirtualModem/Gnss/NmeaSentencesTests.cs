using System.Globalization;
using AirHil.VirtualModem.Gnss;

namespace AirHil.VirtualModem.Tests.Gnss;

/// <summary>
/// Sentences, right and wrong ones, against what minmea at the tag makes of them; it was compiled for the host.
/// </summary>
public sealed class NmeaSentencesTests
{
    [Theory]
    [InlineData("$GPRMC,1*00", false)]
    [InlineData("$GPRMC,1", true)]
    [InlineData("GPRMC,1", false)]
    [InlineData("$GPRMC\r", true)]
    [InlineData("$GPRMC\rx", false)]
    [InlineData("$GP\u0001RMC", false)]
    [InlineData("$GPTXT,01,01,01,ANTENNA OK*35\r", true)]
    [InlineData("$GPTXT,01,01,01,ANTENNA OK*36", false)]
    [InlineData("$GPTXT,01,01,01,ANTENNA OK*3", false)]
    [InlineData("", false)]
    public void The_checksum_counts_where_it_is(string sentence, bool isRight) =>
        NmeaScanner.IsRight(sentence).ShouldBe(isRight);

    [Theory]
    [InlineData("$GNRMC,060258.000,A,2324.06700,N,11313.96430,E,0.15,123.4,100924,,,A",
        "True 232406700/100000 1131396430/100000 15/100 1234/10 0/0 10.9.24 6:2:58.0 23.4011173 113.232735")]
    [InlineData("$GPRMC,081836,A,3751.65,S,14507.36,W,000.0,360.0,130998,011.3,E",
        "True -375165/100 -1450736/100 0/10 3600/10 113/10 13.9.98 8:18:36.0 -37.8608322 -145.122665")]
    public void A_position_is_read(string line, string values)
    {
        var rmc = NmeaSentences.ReadRmc(line);
        rmc.IsWhole.ShouldBeTrue();
        var (date, time) = (rmc.Date!.Value, rmc.Time!.Value);
        string.Create(CultureInfo.InvariantCulture,
            $"{rmc.IsValid} {Text(rmc.Latitude)} {Text(rmc.Longitude)} {Text(rmc.Speed)} {Text(rmc.Course)} " +
            $"{Text(rmc.Variation)} {date.Day}.{date.Month}.{date.Year} {time.Hour}:{time.Minute}:{time.Second}." +
            $"{time.Microsecond} {rmc.Latitude.ToDegrees():G9} {rmc.Longitude.ToDegrees():G9}").ShouldBe(values);
    }

    [Theory]
    [InlineData("$GPRMC,081836,A,3751.65,X,14507.36,E,0,0,130998,0,E")]
    [InlineData("$GPRMC,08183,A,3751.65,S,14507.36,E,0,0,130998,0,E")]
    [InlineData("$GPRMC,081836,A,37-51.65,S,14507.36,E,0,0,130998,0,E")]
    [InlineData("$GPRMC,081836,A,99999999999,S,14507.36,E,0,0,130998,0,E")]
    [InlineData("$GPRMC,081836,A,3751.65,S,14507.36,E,0,0,130998,0")]
    [InlineData("$GPRMC,081836,A,3751.65,S,14507.36,E,0,0,1309x8,0,E")]
    public void A_wrong_field_ends_the_sentence(string line) => NmeaSentences.ReadRmc(line).IsWhole.ShouldBeFalse();

    [Theory]
    [InlineData("$GPGSV,3,1,11,03,03,111,00,04,15,270,00,06,01,010,00,13,06,292,00", 1, "3,4,6,13")]
    [InlineData("$GBGSV,4,4,13", 4, "0,0,0,0")]
    [InlineData("$GPGSV,4,2,11,08,51,203,30,09,45,215,28", 2, "8,9,0,0")]
    public void Satellites_in_view_may_be_missing(string line, int number, string satellites)
    {
        var gsv = NmeaSentences.ReadGsv(line);
        gsv.IsWhole.ShouldBeTrue();
        gsv.Number.ShouldBe(number);
        string.Join(',', gsv.Satellites.Select(s => s.Number)).ShouldBe(satellites);
    }

    [Fact]
    public void A_speed_without_its_letter_does_not_count()
    {
        var vtg = NmeaSentences.ReadVtg("$GPVTG,188.36,T,,M,0.820,X,1.519,K,A");
        (Text(vtg.TrueTrack), Text(vtg.Knots), Text(vtg.KilometresPerHour))
            .ShouldBe(("18836/100", "820/0", "1519/1000"));
    }

    [Fact]
    public void A_gga_that_is_not_whole_has_what_came_before_and_no_signs()
    {
        var gga = NmeaSentences.ReadGga("$GPGGA,123519,4807.038,S,01131.000,W,x");
        (Text(gga.Latitude), Text(gga.Longitude), gga.FixQuality).ShouldBe(("4807038/1000", "1131000/1000", 0));
    }

    private static string Text(NmeaNumber number) => $"{number.Value}/{number.Scale}";
}
