using System.Globalization;
using AirHil.Modem.Air;
using AirHil.Modem.ShortMessages;

namespace AirHil.VirtualModem.Tests.ShortMessages;

/// <summary>
/// The room that a message takes in the Lua heap: what V1112's Lua and allocator, built for 32 bits, take for the calls
/// of l_sms_recv_handler (L:components/sms/luat_lib_sms.c) while the collector stands still.
/// </summary>
public sealed class SmsRoomTests
{
    private static readonly DateTimeOffset At = new(2024, 9, 10, 21, 5, 59, TimeSpan.FromHours(8));

    private const string Script = """
        local function used() local _, u = rtos.meminfo() return u end
        local b, c, n, u
        function sys_pub(t, p, text, m) if t == "SMS_INC" then b = used() n = #text end end
        sms.setNewSmsCb(function(p, text, m) c = used() end)
        collectgarbage("stop")
        while true do
            collectgarbage() collectgarbage()
            b, c, n, u = nil, nil, nil, used()
            rtos.receive(-1)
            if n then print("room", n, b - u, c - u) end
        end
        """;

    /// <param name="parts">How many; 1 is no part of a longer message.</param>
    /// <param name="length">Characters of each.</param>
    /// <param name="bytes">Of the whole text.</param>
    /// <param name="topic">Bytes of the heap when the topic is published.</param>
    /// <param name="callback">The same when the callback runs.</param>
    [Theory]
    [InlineData(1, 10, 10, 856, 1224)]
    [InlineData(2, 100, 200, 1048, 1648)]
    [InlineData(2, 153, 306, 1232, 1976)]
    [InlineData(3, 100, 300, 1176, 1920)]
    [InlineData(3, 153, 459, 1376, 2272)]
    [InlineData(6, 153, 918, 1832, 3192)]
    [InlineData(4, 67, 268, 1160, 1872)]
    public void A_message_takes_as_much_as_on_v1112(int parts, int length, int bytes, int topic, int callback)
    {
        var bench = new FakeBench(Script).PowerOn();
        for (var i = 0; i < 2 * parts; i++)
        {
            var number = i % parts + 1;
            var text = new string((char)('a' + number), length);
            var part = parts == 1 ? null : new MessagePart(17 + i / parts, number, parts);
            bench.At(1 + i, new AirEvent.SmsDelivered(DeliverPdu.Write("10086", text, At, part)));
        }

        bench.RunTo(2 + 2 * parts);
        // Which free block is taken depends on all that was there before.
        const int splinters = 40;
        var room = bench.Lines.Last(line => line.StartsWith("room", StringComparison.Ordinal)).Split('\t')[1..]
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        room[0].ShouldBe(bytes);
        room[1].ShouldBeInRange(topic - splinters, topic + splinters);
        room[2].ShouldBeInRange(callback - splinters, callback + splinters);
    }
}
