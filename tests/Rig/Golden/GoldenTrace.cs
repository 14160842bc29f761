using System.Text.RegularExpressions;

namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// What V1112 printed on a board, as the reference has it in §2.9. No line of it is optional and no two may change
/// places. §2.9 does say that TIME_SYNC may come from 5 ms before to 180 ms after IP_READY, and §3.8 that lines of two
/// tasks may come in either order at a link loss; but here no link is lost, and the model's TIME_SYNC has the 52 ms of
/// this trace, so that its place is held as well.
/// </summary>
internal static partial class GoldenTrace
{
    /// <summary>The service's answer, printed as it came: pretty, in several lines (§9).</summary>
    private const string Answer =
        "I/user.wsc\trecv\t{\n   \"action\": \"echo\",\n   \"msg\": \"<date>\",\n   \"server\": \"airtun\"\n}\t1\t1";

    /// <summary>Every boot; the ranges are those over the boots that were seen.</summary>
    public static IReadOnlyList<GoldenLine> Boot { get; } =
    [
        new(0.009, "am_service_init 851:Air780E_A17"),
        new(0.020, 0.023, "Uart_BaseInitEx 1049:uart 0 rx cache 256 dma 256"),
        new(0.210, 0.240, "self_info 122:model Air780E_A17 imei <imei>"),
        new(0.211, 0.240, "I/pm poweron: Power/Reset"),
        new(0.211, 0.240, "I/main LuatOS@EC618 base 23.11 bsp V1112 32bit"),
        new(0.211, 0.240, "I/main ROM Build: Sep  3 2024 15:55:27"),
        new(0.219, 0.248, "D/main loadlibs luavm 262136 14360 14392"),
        new(0.219, 0.248, "D/main loadlibs sys   277872 53984 81264"),
    ];

    /// <summary>Script 1 from the link to the second beat, whose answer the reference shortens.</summary>
    public static IReadOnlyList<GoldenLine> Echo { get; } =
    [
        new(4.438, "soc_cms_proc 1721:cenc report 1,50,1,1"),
        new(4.444, "D/DNS dev_msg1.openluat.com state 0 id 1 ipv6 0 use dns server2, try 0"),
        new(4.446, "D/mobile cid1, state0"),
        new(4.447, "D/mobile bearer act 0, result 0"),
        new(4.448, "D/mobile NETIF_LINK_ON -> IP_READY"),
        new(4.456, "I/websocket connect host echo.airtun.air32.cn port 443"),
        new(4.457, "D/DNS echo.airtun.air32.cn state 0 id 2 ipv6 0 use dns server2, try 0"),
        new(4.500, "D/mobile TIME_SYNC 0"),
        new(4.515, "luat_pm_get_poweron_reason 197:ap 0,cp 0"),
        new(4.552, "I/DNS dns all done ,now stop"),
        new(5.012, "D/errDump errdump ok!"),
        new(5.929, "I/websocket ready!!"),
        new(5.931, "I/user.wsc\tconack\tnil\tnil\tnil"),
        new(5.932, "I/user.WebSocket connect succeed!"),
        new(6.010, "I/user.wsc\tsent\tnil\tnil\tnil"),
        new(6.011, Answer),
        new(21.633, "I/user.wsc\tsent\tnil\tnil\tnil"),
        new(21.634, Answer),
    ];

    /// <summary>Puts marks for what belongs to a board or a day: the IMEI and the dates of os.date.</summary>
    public static string Mask(string record) => Date().Replace(Imei().Replace(record, "imei <imei>"), "<date>");

    [GeneratedRegex("imei [0-9]{15}$", RegexOptions.CultureInvariant)]
    private static partial Regex Imei();

    [GeneratedRegex(
        "(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 0-9][0-9] " +
        "[0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
