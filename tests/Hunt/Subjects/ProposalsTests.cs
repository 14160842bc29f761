using AirHil.Hunt.Subjects;
using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Hunt.Tests.Subjects;

public sealed class ProposalsTests
{
    private const string Meter =
        """
        sys = require("sys")
        uart.setup(1, 115200, 8, 1)
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          local client = websocket.create(nil, "ws://meter.example/feed")
          client:on(function(_, event)
            if event == "conack" then client:send(json.encode({hello = "meter"})) end
          end)
          uart.on(1, "receive", function(id)
            local no = uart.read(id, 100):match("V2,R,(%d+)")
            client:send(json.encode({no = tonumber(no), source = "uart"}))
          end)
          client:connect()
        end)
        sys.run()
        """;

    [Fact]
    public async Task What_a_run_keeps_is_proposed_and_what_is_stated_is_not()
    {
        await using var bench = new Bench();
        bench.AddService(new Endpoint(ServiceUrl.Parse("ws://meter.example/feed"), new Silent()));
        bench.Firmware(FirmwareSource.FromText(Meter));
        await bench.ApplyPower();
        await bench.RunFor(Subject.S(20));
        for (var no = 1; no <= 5; no++)
        {
            await bench.WriteUart(1, $"V2,R,{no},{20 + no}.5\r\n");
            await bench.RunFor(Subject.S(20));
        }

        Proposals.Of(bench).Select(p => p.Clause).ShouldBe(
        [
            "every \"V2,R,{no},{*}\" on UART 1 reaches the service as '{\"no\": no}' within 60 s",
            "for every '{\"no\": no}' at the service holds \"last == nil or no <= last.no + 1\"",
            "texts at the service with the same '{\"no\": no}' have the same content",
            "\"no\" at the service never goes back",
            "every connection begins with '{\"hello\": *}'",
        ]);
        bench.Require(new ConnectionsBegin("{\"hello\": *}"));
        Proposals.Of(bench).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Texts_that_are_not_Unicode_are_passed_over()
    {
        await using var bench = new Bench();
        bench.AddService(new Endpoint(ServiceUrl.Parse("ws://meter.example/feed"), new Silent()));
        bench.Firmware(FirmwareSource.FromText(Meter.Replace(
            "json.encode({hello = \"meter\"})", "[[{\"hello\":\"\\ud800\",\"\\udfff\":1}]]",
            StringComparison.Ordinal)));
        await bench.ApplyPower();
        await bench.RunFor(Subject.S(20));
        bench.Events.OfType<FrameIn>().ShouldNotBeEmpty();
        Proposals.Of(bench).ShouldBeEmpty();
    }

    [Fact]
    public async Task Text_messages_are_found_again_within_members_of_objects()
    {
        await using var bench = new Bench();
        bench.AddService(EndpointText.Parse(ServiceUrl.Parse("http://hook.example/"), "200 ok"));
        bench.Firmware(FirmwareSource.FromText(
            """
            sys = require("sys")
            sysplus = require("sysplus")
            sys.subscribe("SMS_INC", function(from, text)
              local body = json.encode({text = {content = text .. "\n" .. os.time()}})
              sys.taskInit(function() http.request("POST", "http://hook.example/", nil, body).wait() end)
            end)
            sys.run()
            """));
        await bench.ApplyPower();
        await bench.Do(new Repeat(new SendSms("13800000000", "message {n}"), Subject.S(20)));
        await bench.RunFor(Subject.S(100));
        Proposals.Of(bench).Select(p => p.Clause).ShouldBe(
        [
            "every \"message {no}\" at phone 13800000000 reaches the service as " +
            "'{*}\"content\":\"message {no}\\\\{*}' within 60 s",
        ]);
    }

    [Fact]
    public async Task A_line_that_is_passed_on_with_its_end_is_a_pattern_without_it()
    {
        await using var bench = new Bench();
        bench.AddService(new Endpoint(ServiceUrl.Parse("ws://meter.example/feed"), new Silent()));
        bench.Firmware(FirmwareSource.FromText(
            """
            sys = require("sys")
            uart.setup(1, 115200, 8, 1)
            sys.taskInit(function()
              sys.waitUntil("IP_READY")
              local client = websocket.create(nil, "ws://meter.example/feed")
              uart.on(1, "receive", function(id) client:send(uart.read(id, 100)) end)
              client:connect()
            end)
            sys.run()
            """));
        await bench.ApplyPower();
        await bench.RunFor(Subject.S(20));
        await bench.Do(Repeat.Uart(1, "R,{n},x\r\n", Subject.S(10)));
        await bench.RunFor(Subject.S(60));
        Proposals.Of(bench).Select(p => p.Clause).ShouldBe(
            ["every \"R,{no},x\" on UART 1 reaches the service as \"R,{no},x\" within 60 s"]);
    }

    [Fact]
    public async Task A_quiet_run_proposes_nothing()
    {
        await using var bench = new Bench();
        bench.Firmware(FirmwareSource.FromText("sys = require('sys') sys.run()"));
        await bench.ApplyPower();
        await bench.RunFor(Subject.S(20));
        Proposals.Of(bench).ShouldBeEmpty();
    }
}
