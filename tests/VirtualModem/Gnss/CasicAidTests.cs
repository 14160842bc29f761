using AirHil.VirtualModem.Tests.Firmware.Libraries;

namespace AirHil.VirtualModem.Tests.Gnss;

/// <summary><c>libgnss.casic_aid</c>. The messages are those of V1112's own C code, built for 32 bits.</summary>
public sealed class CasicAidTests
{
    [Theory]
    [InlineData("{year=2024, month=9, day=14, hour=8, min=3, sec=13}, {lat=23.12, lng=114.12}",
        "BACE38000B0100000060B81E374000000020AE875C40000000000000000000000000A4B4204100000000000000000000000000000000" +
        "000000001B0900235D64BF65",
        "date time 2024 9 14 8 3 13|lat 23.120001|lng 114.120003|lls ok, time ok")]
    [InlineData("{year='2024', month=9}, {lat='', lng='x1'}",
        "BACE38000B01000000000000000000000000000000000000000000000000000000000000314000000000000000000000000000000000" +
        "00000000220000205A003C61", "date time 0 9 0 0 0 0|" + Nowhere)]
    [InlineData("", None, "date time 0 0 0 0 0 0|" + Nowhere)]
    [InlineData("1, 2", None, "date time 0 0 0 0 0 0|" + Nowhere)]
    [InlineData("{year=2024, month=3, mon=12, day=31, hour=23, min=59, sec=59}, " +
        "{lat='23.12', lng=' -114.12 east', alt=10.5}",
        "BACE38000B011F85EB51B81E374048E17A14AE875CC000000000000025400000000080A40F4100000000000000000000000000000000" +
        "000000002B090023B0BA390C",
        "date time 2024 12 31 23 59 59|lat 23.120000|lng -114.120000|lls ok, time ok")]
    [InlineData("{year=2000, mon=1, day=1}, {lat=0.0005, lng=114.12}",
        "BACE38000B01000000E04D62403F00000020AE875C4000000000000000000000000044A41F4100000000000000000000000000000000" +
        "00000000120400208992C7E1",
        "date time 2000 1 1 0 0 0|lat 0.000500|lng 114.120003|lls no, time no")]
    [InlineData("{year=2100, month=3, day=1, sec=-1}, {lat=-33.5, lng=151}",
        "BACE38000B010000000000C040C00000000000E062400000000000000000000000000019F54000000000000000000000000000000000" +
        "000000007D180023B5D1A365",
        "date time 2100 3 1 0 0 -1|lat -33.500000|lng 151.000000|lls ok, time ok")]
    [InlineData("{year=2400, month=13, day=1}, {lat=90, lng=180}",
        "BACE38000B01000000000080564000000000008066400000000000000000000000001019F54000000000000000000000000000000000" +
        "00000000CE550023166FBDE5",
        "date time 2400 13 1 0 0 0|lat 90.000000|lng 180.000000|lls ok, time ok")]
    [InlineData("{year=1980, month=1, day=1}",
        "BACE38000B0100000000000000000000000000000000000000000000000006FEFFFFFFFFEF4300000000000000000000000000000000" +
        "00000000010000203EFEFA64", "date time 1980 1 1 0 0 0|" + Nowhere)]
    public void A_time_and_a_place_become_a_message(string arguments, string message, string lines)
    {
        var bench = LibraryCall.Run($"local aid = libgnss.casic_aid({arguments}) print(#aid, aid:toHex())");
        bench.NotModelled.ShouldBeEmpty();
        bench.Lines.ShouldContain($"66\t{message}\t132", bench.Dump());
        bench.Lines.Where(line => line.StartsWith("D/casic ", StringComparison.Ordinal)).Select(line => line[8..])
            .ShouldBe(lines.Split('|'));
    }

    [Fact]
    public void A_month_behind_the_table_is_noticed() =>
        LibraryCall.Run("libgnss.casic_aid({year=2024, month=14})").Notices
            .ShouldContain("libgnss.casic_aid: there is no month 14; the firmware reads beyond an array.");

    private const string Nowhere = "lat 0.000000|lng 0.000000|lls no, time no";

    /// <summary>Before 1980 the seconds of the week are less than 0, and C counts them without a sign.</summary>
    private const string None =
        "BACE38000B01000000000000000000000000000000000000000000000000DCFDFFFFFFFFEF4300000000000000000000000000000000" +
        "000000000100002014FEFA64";
}
