using AirHil.Hunt.Search;
using AirHil.Hunt.Subjects;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service.Machine;

namespace AirHil.Hunt.Tests.Subjects;

public sealed class GenericPropertiesTests
{
    [Fact]
    public async Task What_the_script_did_regularly_it_must_go_on_doing()
    {
        await using var bench = new Bench();
        bench.AddService(EndpointText.Parse("mqtt://broker.example=broker"));
        await Start(bench, """
            local client = mqtt.create(nil, "broker.example", 1883)
            client:auth("meter", "", "")
            client:on(function(_, event) if event == "conack" then client:subscribe("orders") end end)
            client:connect()
            while true do
              sys.wait(10000)
              client:publish("a", "x")
              client:publish("b", "x")
            end
            """);
        GenericProperties.Of(bench).Select(p => p.Clause).ShouldBe(
        [
            "the module never restarts by itself",
            "the module is connected again within 2 min",
            "the module is subscribed to \"orders\" again within 2 min",
            "the service keeps receiving a text at least every 60 s",
            "the service never receives more than 22 texts in 60 s of a settled run",
            "topic a keeps receiving a text at least every 60 s",
            "topic b keeps receiving a text at least every 60 s",
            "the module never tries to connect more than 8 times in 10 s",
            "the module never has more than 1 connection",
        ]);
    }

    [Fact]
    public async Task Requests_that_were_queued_are_no_attempts()
    {
        await using var bench = new Bench();
        bench.AddService(EndpointText.Parse("http://api.example=200 ok"));
        await Start(bench, """
            while true do http.request("POST", "http://api.example/", nil, "x").wait() sys.wait(5000) end
            """);
        GenericProperties.Of(bench).Where(p => p is NeverMoreThan { Place: null } or FewConnections).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_longer_run_breaks_by_itself_is_not_required()
    {
        var never = new NeverMoreThan(30, Place.Parse("the service"), Subject.S(600));
        var subject = Subject.Create() with { Properties = [new NeverRestarts(), never] };
        HuntSearch.Kept(subject).Properties.ShouldBe([new NeverRestarts()]);
    }

    [Fact]
    public void What_a_moment_without_supply_breaks_is_not_supposed()
    {
        var subject = Subject.Create() with { Properties = [new NeverRestarts()] };
        var arrives = Subject.Create().Properties[0];
        var once = new NeverMoreThan(1, null, Subject.S(600));
        var supposing = HuntSearch.Supposing(subject, [arrives, once]);
        supposing.Properties.ShouldBe([new NeverRestarts(), arrives]);
        supposing.Supposed.ShouldBe([arrives]);
        var search = new HuntSearch(supposing, seed: 1, jobs: 2);
        search.Run(256, () => false);
        search.Findings.ShouldHaveSingleItem("what nobody has stated is told once").IsSupposed.ShouldBeTrue();
    }

    [Fact]
    public void What_lost_bytes_of_lines_break_is_not_supposed()
    {
        var subject = Subject.Create() with { Properties = [new NeverRestarts()] };
        var arrives = Subject.Create().Properties[0];
        var rises = new NeverGoesBack(Place.Parse("the service"), "no");
        HuntSearch.Supposing(subject, [arrives, rises]).Supposed.ShouldBe([arrives]);
    }

    private static async Task Start(Bench bench, string task)
    {
        bench.Firmware(FirmwareSource.FromText(
            $"sys = require('sys') sysplus = require('sysplus') sys.taskInit(function() sys.waitUntil('IP_READY')\n" +
            $"{task}\nend)\nsys.run()"));
        await bench.ApplyPower();
        await bench.RunFor(Subject.S(120));
    }
}
