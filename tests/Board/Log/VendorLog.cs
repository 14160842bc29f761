using System.Buffers;
using System.Text;
using AirHil.Board.Log;

namespace AirHil.Board.Tests.Log;

/// <summary>
/// The log text that the vendor published of V1112 on an Air780E: the boot of reference bench §2.7, and a boot that
/// ends in an echo over WebSocket, reference §2.9. Milliseconds of the module's tick and text.
/// </summary>
internal static class VendorLog
{
    public static readonly (uint TickMs, string Text)[] Boot =
    [
        (9, "am_service_init 851:Air780E_A17"),
        (235, "self_info 122:model Air780E_A17 imei 86771307xxxxxxx"),
        (236, "I/pm poweron: Power/Reset"),
        (237, "I/main LuatOS@EC618 base 23.11 bsp V1112 32bit"),
        (237, "I/main ROM Build: Sep  3 2024 15:55:27"),
        (244, "D/main loadlibs luavm 262136 14360 14392"),
        (244, "D/main loadlibs sys   277872 53984 81264"),
        (5906, "D/mobile cid1, state0"),
        (5907, "D/mobile bearer act 0, result 0"),
        (5956, "D/mobile NETIF_LINK_ON -> IP_READY"),
    ];

    public static readonly (uint TickMs, string Text)[] Echo =
    [
        (9, "am_service_init 851:Air780E_A17"),
        (20, "Uart_BaseInitEx 1049:uart 0 rx cache 256 dma 256"),
        (210, "self_info 122:model Air780E_A17 imei 86771307xxxxxxx"),
        (211, "I/pm poweron: Power/Reset"),
        (211, "I/main LuatOS@EC618 base 23.11 bsp V1112 32bit"),
        (211, "I/main ROM Build: Sep  3 2024 15:55:27"),
        (219, "D/main loadlibs luavm 262136 14360 14392"),
        (219, "D/main loadlibs sys   277872 53984 81264"),
        (4438, "soc_cms_proc 1721:cenc report 1,50,1,1"),
        (4444, "D/DNS dev_msg1.openluat.com state 0 id 1 ipv6 0 use dns server2, try 0"),
        (4446, "D/mobile cid1, state0"),
        (4447, "D/mobile bearer act 0, result 0"),
        (4448, "D/mobile NETIF_LINK_ON -> IP_READY"),
        (4456, "I/websocket connect host echo.airtun.air32.cn port 443"),
        (4457, "D/DNS echo.airtun.air32.cn state 0 id 2 ipv6 0 use dns server2, try 0"),
        (4500, "D/mobile TIME_SYNC 0"),
        (4515, "luat_pm_get_poweron_reason 197:ap 0,cp 0"),
        (4552, "I/DNS dns all done ,now stop"),
        (5012, "D/errDump errdump ok!"),
        (5929, "I/websocket ready!!"),
        (5931, "I/user.wsc\tconack\tnil\tnil\tnil"),
        (5932, "I/user.WebSocket connect succeed!"),
        (6010, "I/user.wsc\tsent\tnil\tnil\tnil"),
        (6011,
            "I/user.wsc\trecv\t{\n   \"action\": \"echo\",\n   \"msg\": \"Sat Oct 12 21:29:53 2024\",\n   \"server\": "
            + "\"airtun\"\n}\t1\t1"),
        (21_633, "I/user.wsc\tsent\tnil\tnil\tnil"),
    ];

    /// <summary>The frames in which the module sends them: a NUL is counted in the lines of its C side.</summary>
    public static byte[] Frames(IEnumerable<(uint TickMs, string Text)> lines)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var (tick, text) in lines)
        {
            var isUser = text.Contains("/user.", StringComparison.Ordinal)
                || text.Contains(".lua:", StringComparison.Ordinal);
            LogFrameWriter.Write(output, tick, Encoding.UTF8.GetBytes(text), terminated: !isUser);
        }

        return output.WrittenSpan.ToArray();
    }
}
