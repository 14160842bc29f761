namespace AirHil.VirtualModem.Gnss;

/// <summary>
/// The sentences that the binding reads (L:components/minmea/minmea.c). One that is not whole has the values before the
/// first wrong field, and its coordinates no sign.
/// </summary>
internal static class NmeaSentences
{
    public sealed record Rmc(
        bool IsWhole, bool IsValid, NmeaTime? Time, NmeaNumber Latitude, NmeaNumber Longitude, NmeaNumber Speed,
        NmeaNumber Course, (int Day, int Month, int Year)? Date, NmeaNumber Variation);

    public sealed record Gga(
        NmeaNumber Latitude, NmeaNumber Longitude, int FixQuality, int Satellites, NmeaNumber Hdop,
        NmeaNumber Altitude, NmeaNumber Height, NmeaNumber DgpsAge);

    public sealed record Gsa(
        bool IsWhole, int FixType, int[] Satellites, NmeaNumber Pdop, NmeaNumber Hdop, NmeaNumber Vdop, int System);

    public sealed record Gsv(bool IsWhole, int Number, (int Number, int Elevation, int Azimuth, int Snr)[] Satellites);

    public sealed record Gll(NmeaNumber Latitude, NmeaNumber Longitude, NmeaTime? Time, char Status, char Mode);

    public sealed record Vtg(
        NmeaNumber TrueTrack, NmeaNumber MagneticTrack, NmeaNumber Knots, NmeaNumber KilometresPerHour);

    public sealed record Zda(NmeaTime? Time, (int Day, int Month, int Year) Date, int HourOffset, int MinuteOffset);

    public static Rmc ReadRmc(string sentence)
    {
        var scan = new NmeaScanner(sentence);
        scan.Type();
        var time = scan.Time();
        var validity = scan.Character();
        var (latitude, north) = (scan.Number(), scan.Direction());
        var (longitude, east) = (scan.Number(), scan.Direction());
        var (speed, course) = (scan.Number(), scan.Number());
        var date = scan.Date();
        var (variation, variationEast) = (scan.Number(), scan.Direction());
        return new Rmc(
            scan.IsWhole, validity == 'A', time, latitude.Times(north), longitude.Times(east), speed, course, date,
            variation.Times(variationEast));
    }

    public static Gga ReadGga(string sentence)
    {
        var scan = new NmeaScanner(sentence);
        scan.Type();
        scan.Time();
        var (latitude, north) = (scan.Number(), scan.Direction());
        var (longitude, east) = (scan.Number(), scan.Direction());
        var (quality, satellites) = (scan.Integer(), scan.Integer());
        var (hdop, altitude) = (scan.Number(), scan.Number());
        scan.Character();
        var height = scan.Number();
        scan.Character();
        var age = scan.Number();
        scan.Skip();
        if (!scan.IsWhole) (north, east) = (1, 1);
        return new Gga(
            latitude.Times(north), longitude.Times(east), quality, satellites, hdop, altitude, height, age);
    }

    public static Gsa ReadGsa(string sentence)
    {
        var scan = new NmeaScanner(sentence);
        scan.Type();
        scan.Character();
        var fix = scan.Integer();
        var satellites = new int[12];
        for (var i = 0; i < satellites.Length; i++) satellites[i] = scan.Integer();
        var (pdop, hdop, vdop) = (scan.Number(), scan.Number(), scan.Number());
        scan.MakeRestOptional();
        var system = scan.Integer();
        return new Gsa(scan.IsWhole, fix, satellites, pdop, hdop, vdop, system);
    }

    public static Gsv ReadGsv(string sentence)
    {
        var scan = new NmeaScanner(sentence);
        scan.Type();
        scan.Integer();
        var number = scan.Integer();
        scan.Integer();
        scan.MakeRestOptional();
        var satellites = new (int, int, int, int)[4];
        for (var i = 0; i < satellites.Length; i++)
        {
            satellites[i] = (scan.Integer(), scan.Integer(), scan.Integer(), scan.Integer());
        }

        return new Gsv(scan.IsWhole, number, satellites);
    }

    public static Gll ReadGll(string sentence)
    {
        var scan = new NmeaScanner(sentence);
        scan.Type();
        var (latitude, north) = (scan.Number(), scan.Direction());
        var (longitude, east) = (scan.Number(), scan.Direction());
        var time = scan.Time();
        var status = scan.Character();
        scan.MakeRestOptional();
        var mode = scan.Character();
        if (!scan.IsWhole) (north, east) = (1, 1);
        return new Gll(latitude.Times(north), longitude.Times(east), time, status, mode);
    }

    /// <summary>A value counts only with its letter behind it.</summary>
    public static Vtg ReadVtg(string sentence)
    {
        var scan = new NmeaScanner(sentence);
        scan.Type();
        scan.MakeRestOptional();
        var (trueTrack, t) = (scan.Number(), scan.Character());
        var (magneticTrack, m) = (scan.Number(), scan.Character());
        var (knots, n) = (scan.Number(), scan.Character());
        var (kilometres, k) = (scan.Number(), scan.Character());
        scan.Character();
        return new Vtg(
            With(trueTrack, !scan.IsWhole || t == 'T'), With(magneticTrack, !scan.IsWhole || m == 'M'),
            With(knots, !scan.IsWhole || n == 'N'), With(kilometres, !scan.IsWhole || k == 'K'));
    }

    public static Zda ReadZda(string sentence)
    {
        var scan = new NmeaScanner(sentence);
        scan.Type();
        var time = scan.Time();
        var date = (scan.Integer(), scan.Integer(), scan.Integer());
        return new Zda(time, date, scan.Integer(), scan.Integer());
    }

    public static string ReadTxt(string sentence)
    {
        var scan = new NmeaScanner(sentence);
        scan.Type();
        for (var i = 0; i < 3; i++) scan.Skip();
        return scan.Text();
    }

    private static NmeaNumber With(NmeaNumber number, bool counts) => counts ? number : number with { Scale = 0 };
}
