using System.Text;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.ShortMessages;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary><c>sms.send</c> as its C code has it (hardware reference §11.1, §11.3).</summary>
public sealed class SmsLibraryTests
{
    private static FakeBench Run(string call) => new FakeBench(
        $"sys = require('sys') sys.taskInit(function() sys.waitUntil('IP_READY') print('got', {call}) end) sys.run()")
        .PowerOn().RunTo(20);

    private static string Result(FakeBench bench) =>
        bench.Lines.Single(line => line.StartsWith("got", StringComparison.Ordinal)).Replace('\t', ' ');

    private static SubmitPdu[] Sent(FakeBench bench) =>
    [
        .. bench.Air.Requests.Select(sent => sent.Request).OfType<AirRequest.SubmitSms>()
            .Select(submit => SubmitPdu.Read(submit.Pdu.Span)),
    ];

    [Theory]
    [InlineData("'+8613800000000', 'hi'", "13800000000", "hi")]
    [InlineData("'8613800000000', 'hi'", "13800000000", "hi")]
    [InlineData("'13800000000', 'hi'", "13800000000", "hi")]
    [InlineData("'+4412345678', 'hi'", "12345678", "hi")]
    [InlineData("'+8613800000000', 'hi', false", "+8613800000000", "hi")]
    [InlineData("'10086', 'ye'", "10086", "ye")]
    [InlineData("'13800000000', '你好'", "+8613800000000", "你好")]
    [InlineData("'+8613800000000', '你好'", "+8613800000000", "你好")]
    [InlineData("'8613800000000', '你好'", "+8613800000000", "你好")]
    [InlineData("'10086', '余额'", "+8610086", "余额")]
    [InlineData("'16600000000', '余额'", "+16600000000", "余额")]
    [InlineData("'10086', '余额', false", "+10086", "余额")]
    [InlineData("'106500000000000', 'TD'", "106500000000000", "TD")]
    [InlineData("'13800000000', 'a你b'", "+8613800000000", "a你b")]
    [InlineData("'138\\0001', 'a\\0b'", "138", "a")]
    [InlineData("'10086', '`_@\\1\\127\\n~'", "10086", "'_@??\n~")]
    [InlineData("'10086', ('{'):rep(100)", "10086",
        "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{ ")]
    public void Numbers_and_texts_leave_as_the_binding_makes_them(string arguments, string number, string text)
    {
        var bench = Run($"sms.send({arguments})");
        Result(bench).ShouldBe("got true");
        Sent(bench).ShouldBe([new SubmitPdu(number, text)]);
    }

    [Theory]
    [InlineData("'13800000000', ''", "I/sms sms is emtry")]
    [InlineData("'13800000000', ('x'):rep(141)", "I/sms sms is too long 141")]
    [InlineData("'12', 'x'", "I/sms phone is too short or too long!! 2")]
    [InlineData("('1'):rep(30), 'x'", "I/sms phone is too short or too long!! 30")]
    [InlineData("'', ''", "I/sms sms is emtry")]
    public void A_refused_argument_gives_no_value_and_a_line(string arguments, string line)
    {
        var bench = Run($"sms.send({arguments})");
        Result(bench).Trim().ShouldBe("got");
        bench.Lines.ShouldContain(line);
        Sent(bench).ShouldBeEmpty();
    }

    /// <summary>The lines of the SDK, in their order (S:interface/src/luat_sms_ec618.c).</summary>
    [Fact]
    public void A_text_has_the_lines_of_the_sdk() =>
        Run("sms.send('10086', 'ye[')").Lines.Where(line => line.Contains("[DIO ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf("]: ", StringComparison.Ordinal) + 3)..]).ShouldBe(
            [
                "addrLen = 5 | tmpAddrStr = 10086", "cscsParam.characterSet: [IRA]",
                "destAddrInfo: 5 | typeOfNumber: 0 | numberPlanId: 1",
                "first p_input len: 3", "input: ye[", "pdulen: 0",
                "second p_input len: 3", "PSIL SMS, send Text SMS, length: 3, MAX: 640",
                "addr:  | 0, scAddr: 8613800100500 | 13 | 1 | 1", "proto: 0, 0 | 0 | 0", "dcsInfo: 0 | 0 | 0 | 0 | 0",
                "encode: 0 | offset: 9", "p_send_info: 0 | 0 | 0 | 0 |[ 3 | 9 ]| 0 | ye[",
                "the coding is PSIL_MSG_CODING_DEFAULT_7BIT", "gsm7bitLen is 4", "length: 4, gsm7bitLen is 4",
                "length is 4", "pduLength: 14 | p_tpdu: !", "PSIL SMS, enCode PDU length:14, offset:9, DSC:0",
                "third pdulen: 14 | 0", "luat_send_msg_call_cb is in [236]",
            ]);

    [Fact]
    public void A_text_that_begins_with_a_zero_is_none()
    {
        var bench = Run("sms.send('10086', '\\0a')");
        Result(bench).ShouldBe("got false");
        bench.Lines.ShouldContain("D/sms sms ret -1");
        bench.Lines.ShouldContain("luat_sms_submit_text_2_pdu 449:[DIO 449]: " +
            "PSIL SMS, send Text SMS, length: 0 is 0, or > MAX: 640");
        Sent(bench).ShouldBeEmpty();
    }

    [Fact]
    public void A_character_of_two_bytes_takes_the_next_one_with_it() =>
        Sent(Run("sms.send('13800000000', 'é!')")).Single().Text.ShouldBe("㩡");

    [Fact]
    public void A_plus_in_a_pdu_is_no_digit()
    {
        var bench = Run("sms.send('+8613800000000', '你', false)");
        Result(bench).ShouldBe("got false");
        bench.Lines.ShouldContain("D/sms sms ret -2");
    }

    [Theory]
    [InlineData("sms.send(nil, 'x')", "bad argument #1 to 'send' (string expected, got nil)")]
    [InlineData("sms.send('10086')", "bad argument #2 to 'send' (string expected, got no value)")]
    public void Arguments_that_are_no_strings_are_errors(string call, string error) =>
        Run($"pcall(function() return {call} end)").Lines.ShouldContain(
            line => line.Contains(error, StringComparison.Ordinal));

    [Theory]
    [InlineData("sms.autoLong()", "true")]
    [InlineData("sms.autoLong(false)", "false")]
    [InlineData("sms.autoLong(0)", "true")]
    [InlineData("sms.autoLong('x')", "true")]
    [InlineData("sms.clearLong()", "0")]
    [InlineData("select('#', sms.setNewSmsCb(print)), select('#', sms.setNewSmsCb())", "0 0")]
    public void Settings_are_told(string call, string result) => Result(Run(call)).ShouldBe("got " + result);

    [Fact]
    public void A_long_mixed_text_overruns_the_buffer_on_the_stack_and_is_noticed() =>
        Run("sms.send('106500000000000', ('x'):rep(100))").Notices.Single()
            .ShouldStartWith("sms.send writes 432 characters of PDU into a buffer of 380");

    [Fact]
    public void Messages_leave_one_after_the_other()
    {
        var bench = Run("sms.send('10086', 'a'), sms.send('10086', 'b')");
        Sent(bench).Select(sent => sent.Text).ShouldBe(["a"]); // The fake air does not answer.
        Result(bench).ShouldBe("got true true");
    }

    [Fact]
    public void Without_a_network_the_log_tells_it()
    {
        var bench = new FakeBench("sms.send('10086', 'a') while true do rtos.receive(-1) end").PowerOn().RunTo(1.3);
        bench.Lines.ShouldContain("luat_sms_def_send_cb 49:[DIO 49]: send message: [331]");
    }

    [Fact]
    public void Without_a_card_the_log_tells_that()
    {
        var bench = new FakeBench("sms.send('10086', 'a') while true do rtos.receive(-1) end");
        bench.At(0, new ModemCommand.ChangeSim(null));
        bench.PowerOn().RunTo(1.3).Lines.ShouldContain("luat_sms_def_send_cb 49:[DIO 49]: send message: [310]");
    }

    [Fact]
    public void The_pdu_of_the_log_is_that_of_the_vendor()
    {
        var bytes = Encoding.UTF8.GetByteCount("你好");
        bytes.ShouldBe(6);
        Run("sms.send('13800000000', '你好')").Lines.ShouldContain("D/sms PDU 0001000D91683108000000F00008044F60597D");
    }
}
