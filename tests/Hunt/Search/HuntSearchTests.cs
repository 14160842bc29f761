using AirHil.Hunt.Search;
using AirHil.Modem.Acts;
using AirHil.Rig.Properties;

namespace AirHil.Hunt.Tests.Search;

public sealed class HuntSearchTests
{
    [Fact]
    public void A_fault_is_found_and_shrunk_to_one_event()
    {
        var search = new HuntSearch(Subject.Create(), seed: 1, jobs: 2);
        search.BrokenWithout.ShouldBeNull();
        search.Run(64, () => false);
        var finding = search.Findings[0];
        finding.Shrunk.Acts.Count.ShouldBe(1);
        finding.Violation.How.ShouldContain("and has not arrived");
        search.Tried.ShouldBe(64);
        search.Novelty.ShouldBePositive();
        search.Places.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_same_seed_finds_the_same_whatever_runs_at_once()
    {
        var (one, four) = (Found(1), Found(4));
        four.ShouldBe(one);
        one.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_was_interesting_is_tried_first_the_next_time()
    {
        var search = new HuntSearch(Subject.Create(), seed: 1, jobs: 2);
        search.Run(64, () => false);
        search.Corpus.ShouldNotBeEmpty();
        search.Tally.Kinds.Sum(kind => kind.Broken).ShouldBePositive();
        search.Tally.Growth[^1].ShouldBe((64, search.Novelty, search.Places));
        var next = new HuntSearch(Subject.Create(), seed: 2, jobs: 2, [search.Findings[0].Shrunk]);
        next.Run(1, () => false);
        next.Findings[0].Shrunk.ShouldBe(search.Findings[0].Shrunk);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("sys.timerStart(connect, 100000)", false)]
    public void Some_runs_are_longer_where_the_script_keeps_its_properties_so_long(string more, bool areLonger)
    {
        var subject = Subject.Create("reset") with
        {
            Firmware = Rig.Runs.FirmwareSource.FromText(
                $"""
                sys = require("sys")
                function connect()
                  for i = 1, 2 do
                    local client = websocket.create(nil, "ws://meter.example/feed")
                    client:connect()
                  end
                end
                {more}
                sys.run()
                """),
            // Without lines on the UART hardly a reset is drawn behind something late, which alone makes a run longer.
            Acts = [new ScheduledAct(TimeSpan.Zero, new SwitchOn())],
            Properties = [new NeverMoreThan(1, null, Subject.S(10))],
        };
        var search = new HuntSearch(subject, seed: 1, jobs: 2);
        search.BrokenWithout.ShouldBeNull();
        search.Run(256, () => false);
        (search.Simulated > 264 * subject.Length).ShouldBe(areLonger);
        search.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_search_ends_within_a_round_when_its_time_is_over()
    {
        var left = 50;
        var search = new HuntSearch(Subject.Create("coverage"), seed: 1, jobs: 1);
        search.Run(1000, () => left-- <= 0);
        search.Tried.ShouldBeInRange(40, 50);
    }

    [Fact]
    public void What_a_longer_run_breaks_without_faults_is_no_finding()
    {
        var never = new NeverMoreThan(0, Place.Parse("UART 2"), Subject.S(10));
        var subject = Subject.Create();
        var search = new HuntSearch(
            subject with
            {
                Firmware = Rig.Runs.FirmwareSource.FromText(Subject.Forgetful.Replace(
                    "sys.run()",
                    """
                    uart.setup(2, 115200, 8, 1)
                    sys.timerStart(function() uart.write(2, "late\n") end, 100000)
                    sys.run()
                    """,
                    StringComparison.Ordinal)),
                Properties = [never, .. subject.Properties],
            },
            seed: 1,
            jobs: 2);
        search.BrokenWithout.ShouldBeNull();
        search.Run(64, () => false);
        search.Findings.ShouldNotBeEmpty("runs go on behind it");
        search.Findings.ShouldNotContain(finding => finding.Cause.Clause == never.Clause);
    }

    [Fact]
    public void A_scope_limits_the_kinds()
    {
        var search = new HuntSearch(Subject.Create("reset"), seed: 1, jobs: 1);
        search.Kinds.ShouldBe(["reset"]);
        search.Run(64, () => false);
        search.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_kind_that_there_is_not_is_told() => Should.Throw<FormatException>(
        () => new HuntSearch(Subject.Create("storm"), 1, 1)).Message.ShouldStartWith(
        "there is no kind of faults 'storm'; there are coverage, black hole, ");

    [Fact]
    public void What_is_broken_without_faults_is_no_finding()
    {
        var subject = Subject.Create() with { Firmware = Rig.Runs.FirmwareSource.FromText("error('no')") };
        var search = new HuntSearch(subject, 1, 1);
        search.BrokenWithout!.How.ShouldContain("has not arrived");
    }

    [Fact]
    public void A_truth_of_the_firmware_hides_no_fault_of_the_script()
    {
        var subject = Subject.Create("coverage") with
        {
            // It could know that there is no network: mobile.status() tells it.
            Firmware = Rig.Runs.FirmwareSource.FromText(
                """
                sys = require("sys")
                uart.setup(1, 9600)
                uart.on(1, "receive", function(id)
                  local no = uart.read(id, 100):match("R,(%d+)")
                  if no then sms.send("13800000000", "alarm " .. no) end
                end)
                sys.run()
                """),
            Acts =
            [
                new ScheduledAct(TimeSpan.Zero, new SwitchOn()),
                new ScheduledAct(Subject.S(20), Repeat.Uart(1, "R,{n}\n", Subject.S(7))),
            ],
            Properties =
            [
                new EveryTextArrives(
                    "R,{no}", Place.Parse("UART 1"), Place.Parse("phone 13800000000"), "alarm {no}", Subject.S(10)),
            ],
        };
        var search = new HuntSearch(subject, seed: 1, jobs: 2);
        search.BrokenWithout.ShouldBeNull();
        search.Run(192, () => false);
        search.Truths.ShouldHaveSingleItem().Truth.Text.ShouldContain("tells a script nothing of a text message");
        search.Findings.ShouldHaveSingleItem().Shrunk.Acts.Count.ShouldBe(1);
    }

    private static string[] Found(int jobs)
    {
        var search = new HuntSearch(Subject.Create(), seed: 7, jobs);
        search.Run(192, () => false);
        return [.. search.Findings.Select(f => $"{f.Schedule} {f.Cause} {f.Shrunk} {f.Times}"), $"{search.Novelty}"];
    }
}
