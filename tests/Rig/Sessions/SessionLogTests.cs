using System.Text;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Tests.Sessions;

public sealed class SessionLogTests
{
    [Fact]
    public void A_bounded_log_forgets_the_oldest_and_hashes_all()
    {
        using var all = new SessionLog();
        using var tail = new SessionLog(kept: 1000);
        foreach (var n in Enumerable.Range(0, 5500))
        {
            all.Append(Event(n));
            tail.Append(Event(n));
        }

        tail.Hash.ShouldBe(all.Hash);
        tail.Total.ShouldBe(5500);
        tail.Events.Count.ShouldBeInRange(1000, 2000);
        tail.Events[^1].Text.ShouldBe("5499");
        tail.First.ShouldBe(5500 - tail.Events.Count);
        Should.Throw<ArgumentOutOfRangeException>(() => tail.TryGet(0, out _));
        tail.TryGet(5500, out _).ShouldBeFalse();
        all.Events.Select(e => e.Text).ShouldBe(Enumerable.Range(0, 5500).Select(n => $"{n}"));
    }

    [Fact]
    public void The_first_event_at_a_time_is_found()
    {
        using var log = new SessionLog();
        foreach (var n in (int[])[0, 10, 10, 30]) log.Append(Event(n));
        log.FirstAtOrAfter(Ms(0)).ShouldBe(0);
        log.FirstAtOrAfter(Ms(5)).ShouldBe(1);
        log.FirstAtOrAfter(Ms(10)).ShouldBe(1);
        log.FirstAtOrAfter(Ms(11)).ShouldBe(3);
        log.FirstAtOrAfter(Ms(31)).ShouldBe(4);
    }

    [Fact]
    public void Observers_see_every_event_in_order()
    {
        using var log = new SessionLog();
        var seen = new List<long>();
        log.Watch(s => seen.Add(s.Index));
        foreach (var n in Enumerable.Range(0, 5)) log.Append(Event(n));
        seen.ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public async Task Other_threads_read_the_session_while_a_line_is_recorded()
    {
        using var log = new SessionLog();
        var cancel = TestContext.Current.CancellationToken;
        var lines = new List<string>();
        var totals = new List<long>();
        log.Watch(
            (_, line) =>
            {
                // A recorder may wait for another thread, which may look at the session.
                totals.Add(Elsewhere(() => log.Total));
                Elsewhere(() => log.Hash.Length).ShouldBe(64);
                lines.Add(Encoding.UTF8.GetString(line));
            },
            _ => { });
        var recording = Task.Run(() => log.Append(Event(0)), cancel);
        await recording.WaitAsync(TimeSpan.FromSeconds(10), cancel);
        totals.ShouldBe([1]);
        lines.ShouldHaveSingleItem().ShouldEndWith("}\n");

        T Elsewhere<T>(Func<T> ask) =>
            Task.Run(ask, cancel).WaitAsync(TimeSpan.FromSeconds(5), cancel).GetAwaiter().GetResult();
    }

    [Fact]
    public void Who_reads_an_events_line_may_not_record_another()
    {
        using var log = new SessionLog();
        log.Watch((_, _) => log.Append(Event(2)), _ => { });
        Should.Throw<InvalidOperationException>(() => log.Append(Event(1)))
            .Message.ShouldContain("is recorded while an event's line is read");
        log.Total.ShouldBe(1);
    }

    [Fact]
    public void The_summary_tells_resets_errors_functions_and_hosts()
    {
        using var log = new SessionLog();
        var history = new ModemHistory();
        void Line(int ms, string text)
        {
            var (boot, moment) = history.Read(Ms(ms), text);
            log.Append(new LogLine(Ms(ms), Ms(ms), Encoding.UTF8.GetBytes(text), boot, moment));
        }

        void Start(int ms, StartReason reason) =>
            log.Append(new ModemStarted(Ms(ms), reason, history.CauseOf(reason)));

        history.PowerApplied();
        log.Append(new PowerApplied(Ms(0)));
        Start(0, StartReason.Power);
        log.Append(new ModemNotModelled(Ms(300), "gpio.setup", "main.lua:3", 1));
        Line(300, "E/user.coroutine.resume\tmain.lua:3: gpio.setup is not modelled by this virtual Air780E");
        Line(800, "E/main Luat: ");
        Line(800, "E/main main.lua:3: gpio.setup is not modelled");
        Line(800, "E/main Lua VM exit!! reboot in 15000ms");
        Start(15_800, StartReason.Software);
        history.ResetPulled();
        log.Append(new ResetPulled(Ms(20_000)));
        Start(20_000, StartReason.Unknown);
        Start(30_000, StartReason.Watchdog);
        Start(40_000, StartReason.Unknown);
        log.NoteUnknownHost("nowhere.example", "mqtt://nowhere.example:1883");
        log.NoteUnknownHost("nowhere.example", null);

        var summary = log.Summarise(Ms(50_000));
        summary.Simulated.ShouldBe(Ms(50_000));
        summary.Events.ShouldBe(12);
        summary.Hash.ShouldBe(log.Hash);
        summary.NotModelled.Select(call => $"{call}").ShouldBe(["gpio.setup at main.lua:3, once"]);
        summary.UnknownHosts.Select(host => (host.Url, host.Does)).ShouldBe([("mqtt://nowhere.example", "broker")]);
        summary.Errors.Select(e => e.ExitsVm).ShouldBe([false, true]);
        summary.Resets.Select(r => r.Cause).ShouldBe(
        [
            "VM exit: main.lua:3: gpio.setup is not modelled", "reset line", "watchdog",
            "unannounced: watchdog, rtos.reboot or a dip of the supply",
        ]);
    }

    [Fact]
    public void Calls_that_are_not_modelled_are_counted_over_all_starts_of_a_module()
    {
        using var log = new SessionLog();
        foreach (var (place, count) in new[] { ("a.lua:1", 1), ("a.lua:1", 2), ("b.lua:5", 1), ("a.lua:1", 1) })
        {
            log.Append(new ModemNotModelled(Ms(1), "gpio.get", place, count));
        }

        log.Append(new ModemNotModelled(Ms(2), "adc.get", "a.lua:2", 64));
        log.Append(new ModemNotModelled(Ms(2), "adc.get", "a.lua:2", 128));

        log.Summarise(Ms(3)).NotModelled.Select(call => $"{call}").ShouldBe(
            ["gpio.get at a.lua:1, 3 times", "gpio.get at b.lua:5, once", "adc.get at a.lua:2, at least 128 times"]);
    }

    private static Marked Event(int n) => new(Ms(n), $"{n}");

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
