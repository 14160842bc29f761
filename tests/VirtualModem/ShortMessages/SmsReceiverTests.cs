using AirHil.Modem.Air;
using AirHil.Modem.ShortMessages;

namespace AirHil.VirtualModem.Tests.ShortMessages;

/// <summary>Received messages (hardware reference §11.2, §11.3).</summary>
public sealed class SmsReceiverTests
{
    private static readonly DateTimeOffset At = new(2024, 9, 10, 21, 5, 59, TimeSpan.FromHours(8));

    private static FakeBench Run(string script, params byte[][] pdus)
    {
        var bench = new FakeBench($"sys = require('sys') {script} sys.run()").PowerOn();
        for (var i = 0; i < pdus.Length; i++) bench.At(1 + i, new AirEvent.SmsDelivered(pdus[i]));
        return bench.RunTo(2 + pdus.Length);
    }

    private static byte[] Whole(string text, string from = "10086") => DeliverPdu.Write(from, text, At, null);

    private static byte[] Part(int number, int of, string text, int reference = 17) =>
        DeliverPdu.Write("10086", text, At, new MessagePart(reference, number, of));

    private static string Says(FakeBench bench) => string.Join(" | ", bench.UserLines.Select(line => line[7..]))
        .Replace('\t', ' ');

    private const string Both =
        "sms.setNewSmsCb(function(p, t, m) log.info('cb', p, t, m.refNum, m.seqNum, m.maxNum) end) " +
        "sys.subscribe('SMS_INC', function(p, t, m) log.info('topic', p, t, m.seqNum) end)";

    [Fact]
    public void The_callback_runs_before_the_subscribers() =>
        Says(Run(Both, Whole("hi"))).ShouldBe("cb 10086 hi 0 0 0 | topic 10086 hi 0");

    [Fact]
    public void The_metas_tell_the_time() =>
        Says(Run(
            "sms.setNewSmsCb(function(_, _, m) " +
            "log.info('t', m.year, m.mon, m.day, m.hour, m.min, m.sec, m.tz) end)",
            Whole("hi"))).ShouldBe("t 24 9 10 21 5 59 32");

    [Fact]
    public void A_callback_can_be_removed() =>
        Says(Run("sms.setNewSmsCb(function() log.info('cb') end) sms.setNewSmsCb(nil)", Whole("hi"))).ShouldBe("");

    [Theory]
    [InlineData("print, function() log.info('last', 1) end", "last 1")]
    [InlineData("function() log.info('first') end, 1", "")]
    public void Of_several_arguments_the_last_is_kept(string arguments, string says) =>
        Says(Run($"sms.setNewSmsCb({arguments})", Whole("hi"))).ShouldBe(says);

    /// <summary>
    /// A fragment is a block of its head and its text (L:components/sms/luat_lib_sms.c), until all of its message are
    /// there and have been delivered.
    /// </summary>
    [Fact]
    public void Fragments_take_system_heap_until_their_message_is_delivered()
    {
        const string Script =
            "local function used() return select(2, rtos.meminfo('sys')) end local before = used() " +
            "sys.subscribe('SMS_INC', function(_, t) log.info('all', #t) end) " +
            "sys.timerStart(function() log.info('one', used() - before) end, 1500) " +
            "sys.timerStart(function() log.info('two', used() - before) end, 2500) " +
            "sys.timerStart(function() log.info('none', used() - before) end, 3500)";
        var text = new string('a', 100);
        Says(Run(Script, Part(1, 3, text), Part(2, 3, text), Part(3, 3, text)))
            .ShouldBe("one 104 | two 208 | all 300 | none 0");
    }

    [Fact]
    public void The_lines_of_the_sdk_come_before_that_of_the_binding()
    {
        var lines = Run("", Whole("hi")).Lines.Where(l => l.Contains("sms", StringComparison.Ordinal)).ToArray();
        lines[0].ShouldBe("luat_sms_nw_report_urc 1039:[DIO 1039]: The recv msg: phone: 10086");
        lines[3].ShouldBe(
            "luat_sms_nw_report_urc 1062:[DIO 1062]: The recv msg: time: [\"24/09/10,21:05:59 +32\"]");
        lines[^2].ShouldBe("luat_sms_proc 1144:[DIO 1144]: CMI_SMS_NEW_MSG_IND is in");
        lines[^1].ShouldBe("D/sms dcs 0 | 0 | 0 | 0");
    }

    [Theory]
    [InlineData("你好", "你好")]
    [InlineData("é", "é")]
    public void Ucs2_becomes_utf8(string text, string read) =>
        Says(Run(Both, Whole(text))).ShouldStartWith($"cb 10086 {read} 0");

    [Fact]
    public void A_pair_of_surrogates_becomes_six_bytes() =>
        Says(Run("sms.setNewSmsCb(function(_, t) log.info('t', t:toHex()) end)", Whole("😀")))
            .ShouldBe("t EDA0BDEDB880 12");

    [Fact]
    public void A_number_that_looks_like_ucs2_is_read_as_that() =>
        Says(Run("sms.setNewSmsCb(function(p) log.info('p', p) end)", Whole("x", "00310032"))).ShouldBe("p 12");

    [Fact]
    public void Parts_are_merged_in_their_order() =>
        Says(Run(Both, Part(3, 3, "c"), Part(1, 3, "a"), Part(2, 3, "b")))
            .ShouldBe("cb 10086 abc 17 2 3 | topic 10086 abc 2");

    [Fact]
    public void A_part_ends_at_its_first_zero() =>
        Says(Run(Both, Part(1, 2, "a\0x"), Part(2, 2, "b"))).ShouldStartWith("cb 10086 ab 17 2 2 |");

    [Fact]
    public void Two_parts_with_the_sum_of_three_are_taken_for_complete() =>
        Says(Run(Both, Part(3, 3, "c"), Part(3, 3, "d"))).ShouldStartWith("cb 10086 cd 17");

    [Fact]
    public void A_part_that_comes_twice_spoils_the_sum()
    {
        var bench = Run(
            Both + " sys.timerStart(function() log.info('clear', sms.clearLong(), sms.clearLong()) end, 4000)",
            Part(1, 2, "a"), Part(1, 2, "a"), Part(2, 2, "b"), Whole("x"));
        Says(bench).ShouldBe("cb 10086 x 0 0 0 | topic 10086 x 0 | clear 3 0");
    }

    [Fact]
    public void Without_merging_every_part_comes_by_itself() =>
        Says(Run("sms.autoLong(false) sms.setNewSmsCb(function(_, t, m) log.info('cb', t, m.seqNum) end)",
            Part(1, 2, "a"), Part(2, 2, "b"))).ShouldBe("cb a 1 | cb b 2");

    [Fact]
    public void Slots_beyond_the_sixteenth_are_not_cleared_after_a_delivery()
    {
        var script = "sys.timerStart(function() log.info('left', sms.clearLong()) end, 30000)";
        byte[][] pdus =
            [.. Enumerable.Range(1, 15).Select(i => Part(1, 2, "x", 100 + i)), Part(1, 2, "a"), Part(2, 2, "b")];
        var bench = Run(script, pdus).RunTo(40);
        bench.UserLines.Last().ShouldBe("I/user.left\t16"); // 15 halves, and the second part in slot 16
    }

    [Fact]
    public void A_hundred_and_twenty_nine_fragments_are_too_many()
    {
        byte[][] pdus = [.. Enumerable.Range(1, 129).Select(i => Part(1, 2, "x", i))];
        Run("", pdus).Lines.Count(line => line == "E/sms too many long-sms!!").ShouldBe(1);
    }
}
