using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Modem.ShortMessages;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Core;

/// <summary>
/// What rtos.receive gives for each kind of message: how many values, and which. They are those that its handler leaves
/// (L:luat/modules/luat_lib_rtos.c, luat_lib_uart.c, luat_lib_gpio.c, luat_lib_pm.c, luat_lib_i2s.c,
/// components/network, components/multimedia, components/sms).
/// </summary>
public sealed class ReceiveTests
{
    /// <summary>What happens, and all that is received from then on.</summary>
    public static TheoryData<string, string> Rows => new()
    {
        { "rtos.timer_start(7, 10)", "3:1,7,0" },
        { "rtos.timer_start(7, 10, 1)", "3:1,7,1 3:1,7,0" },
        { "rtos.timer_start(7, 10) timer.mdelay(20) rtos.timer_stop(7)", "0:" },
        { "rtos.timer_start(7, 10) timer.mdelay(20) rtos.timer_start(7, 10) rtos.timer_stop(7)", "3:1,7,0" },
        { "uart.setup(1, 9600) uart.write(1, 'x')", "" },
        { "uart.setup(1, 9600) uart.on(1, 'sent', function() return 5, 6 end) uart.write(1, 'x')", "1:0" },
        { "gpio.setup(20, function() return 5 end, gpio.PULLUP, gpio.BOTH)", "0: 0:" },
        { "gpio.debounce(20, 50, 1) gpio.setup(20, print, gpio.PULLUP, gpio.BOTH)", "0: 0:" },
        { "pm.dtimerStart(2, 100)", "0:" },
        { "i2s.setup(0) i2s.on(0, print) i2s.recv(0, zbuff.create(3200), 3200)", "1:0" },
        { "local c = socket.create(nil, function() return 5 end) socket.config(c) socket.connect(c, '203.0.113.9', 9)",
            "1:0" },
        { "local c = socket.create(nil, 'TASK') socket.config(c) socket.connect(c, '203.0.113.9', 9)", "1:0" },
        { "http.request('GET', 'http://203.0.113.9', nil, nil, {timeout = 500})", "0:" },
        { "audio.on(0, print) audio.start(0, audio.PCM, 1, 16000, 16) audio.write(0, ('x'):rep(3200))", "1:0" },
    };

    private const string Loop =
        "\nlocal got = {} rtos.timer_start(99, 800) while true do local r = table.pack(rtos.receive(-1)) " +
        "if r[2] == 99 then print('all', table.concat(got, ' ')) got = {} else " +
        "for i = 1, r.n do r[i] = tostring(r[i]) end got[#got + 1] = r.n .. ':' .. table.concat(r, ',') end end";

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_message_leaves_the_values_of_its_handler(string script, string expected)
    {
        var bench = Bench(script);
        bench.At(6.3, new ModemCommand.HoldPin(20, PinHold.Low));
        bench.At(6.5, new ModemCommand.HoldPin(20, PinHold.High));
        bench.RunTo(9);
        var values = bench.Line("all").Text[4..].Split(' ');
        string.Join(' ', values.Take(expected.Split(' ').Length)).ShouldBe(expected);
    }

    [Fact]
    public void What_comes_leaves_its_values()
    {
        var bench = Bench("uart.setup(1, 9600) uart.on(1, 'receive', function() return 5 end)");
        bench.WriteUart(6.3, "abc");
        bench.RunTo(9).Line("all").Text[4..].ShouldBe("1:0");

        var phone = Bench("sms.setNewSmsCb(function() return 5 end)");
        phone.At(6.3, new AirEvent.SmsDelivered(DeliverPdu.Write("10086", "x", DateTimeOffset.UnixEpoch, null)));
        phone.RunTo(9).Line("all").Text[4..].ShouldBe("0:");
    }

    [Fact]
    public void Nothing_leaves_less_than_nothing() => LibraryCall.ShouldGive(
        "rtos.receive(10)", "-1", "while rtos.receive(3000) ~= -1 do end", 9);

    /// <summary>The handler of wlan.scan calls sys_pub whether it is there or not.</summary>
    [Fact]
    public void Without_sys_a_search_for_wifi_ends_the_script() => Bench("wlan.init() wlan.scan()").RunTo(15).Lines
        .ShouldContain("E/main attempt to call a nil value");

    /// <summary>The script begins when the module is on line and nothing more comes by itself.</summary>
    private static FakeBench Bench(string script) => new FakeBench(
        "while mcu.ticks() < 6000 do rtos.receive(6000 - mcu.ticks()) end " + script + Loop).PowerOn();
}
