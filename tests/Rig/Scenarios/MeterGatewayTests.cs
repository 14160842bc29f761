using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Scenarios;

/// <summary>
/// The supply of a whole application is cut at seeded moments: at any, and shortly after the events behind which it
/// writes to flash. Whatever it has said to be done is done, and nothing is half written.
/// </summary>
public sealed partial class MeterGatewayTests
{
    private const string Broker = "mqtt://broker.example:1883";
    private const int CutsOfARun = 100;

    private readonly Dictionary<int, string> _received = [];
    private readonly HashSet<int> _logged = [];
    private readonly HashSet<PinDrive> _relay = [PinDrive.Low];
    private readonly List<string> _wrong = [];
    private PinDrive _ordered = PinDrive.Low;
    private PinDrive _level;
    private int _orders;
    private int _answered;
    private int _interrupted;
    private int _repeated;

    private enum Moments
    {
        Any,
        Measured,
        Confirmed,
        Ordered,
    }

    /// <summary>AIRHIL_CUTS=10000 makes it so many cuts.</summary>
    [Fact]
    public async Task Whenever_the_supply_goes_nothing_is_lost_or_half_written()
    {
        var wanted = LongRun.Number("AIRHIL_CUTS", CutsOfARun);
        for (var run = 0; run * CutsOfARun < wanted; run++) await Cut(SplitMix64.For((ulong)run, "cuts"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{wanted} cuts, {_interrupted} of them while a reading was stored; {_repeated} readings came twice; " +
            $"{_answered} of {_orders} orders were answered");
        _interrupted.ShouldBeGreaterThan(wanted / 50);
        _repeated.ShouldBeGreaterThan(wanted / 50);
    }

    private async Task Cut(SplitMix64 random)
    {
        _received.Clear();
        _logged.Clear();
        _relay.Clear();
        _relay.Add(PinDrive.Low);
        _ordered = PinDrive.Low;
        await using var bench = await Gateway();
        var seen = new HashSet<Moments>();
        bench.Watch(sighting => Look(sighting.Event, seen));
        for (var i = 0; i < CutsOfARun; i++)
        {
            seen.Clear();
            await bench.ApplyPower();
            await ToMoment(bench, (Moments)random.Below(4), seen, random);
            await bench.CutPower();
        }

        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromMinutes(2));
        _wrong.ShouldBeEmpty();
        _logged.Count.ShouldBeGreaterThan(CutsOfARun / 4);
        _logged.Except(_received.Keys).ShouldBeEmpty("readings that were taken and never reported");
        bench.Summary().Errors.ShouldBeEmpty();
        _interrupted += _logged.Max() - _logged.Count;
    }

    private async Task ToMoment(Bench bench, Moments moment, HashSet<Moments> seen, SplitMix64 random)
    {
        if (moment == Moments.Any)
        {
            await bench.RunFor(Between(200, 8000));
            return;
        }

        var needed = moment == Moments.Ordered ? Moments.Confirmed : moment;
        (await bench.RunUntil(() => seen.Contains(needed), TimeSpan.FromMinutes(1))).ShouldBeTrue();
        switch (moment)
        {
            case Moments.Measured:
                await bench.RunFor(Between(52, 76));
                break;
            case Moments.Confirmed:
                await bench.RunFor(Between(30, 50));
                break;
            default:
                await bench.RunFor(TimeSpan.FromSeconds(1));
                await Order(bench, random);
                await bench.RunFor(Between(30, 150));
                break;
        }

        TimeSpan Between(int from, int to) => TimeSpan.FromMilliseconds(from + (random.NextDouble() * (to - from)));
    }

    private async Task Order(Bench bench, SplitMix64 random)
    {
        var isOn = random.Below(2) == 1;
        _ordered = isOn ? PinDrive.High : PinDrive.Low;
        _relay.Add(_ordered);
        _orders++;
        await bench.ServicePush(
            $"{Broker}/site/pump-7/command?qos=1", $$"""{"id":{{_orders}},"relay":{{(isOn ? 1 : 0)}}}""");
    }

    /// <summary>What each event has to be, and what it promises.</summary>
    private void Look(SessionEvent e, HashSet<Moments> seen)
    {
        switch (e)
        {
            case ModemStarted started:
                if (started.Reason != StartReason.Power) _wrong.Add($"{e.At}: a start by {started.Reason}");
                break;
            case PinDriven { Pin: 27 } relay:
                _level = relay.Drive;
                break;
            case UartIn { Port: 1 }:
                seen.Add(Moments.Measured);
                if (!_relay.Contains(_level)) _wrong.Add($"{e.At}: the relay has {_level}");
                break;
            case LogLine line when Taken().Match(line.Line) is { Success: true } taken:
                _logged.Add(int.Parse(taken.Groups[1].Value, CultureInfo.InvariantCulture));
                break;
            case LogLine line when Wrong().IsMatch(line.Line):
                _wrong.Add($"{e.At}: {line.Line}");
                break;
            case MqttIn { Packet: MqttPacketType.Publish } message:
                Published(message.Fields.Name, Encoding.UTF8.GetString(message.Bytes.Span), message.At);
                if (message.Fields.Name == "site/pump-7/reading") seen.Add(Moments.Confirmed);
                break;
            default:
                break;
        }
    }

    private void Published(string topic, string text, TimeSpan at)
    {
        if (topic == "site/pump-7/answer")
        {
            _answered++;
            _relay.Clear();
            _relay.Add(_ordered);
        }

        if (topic != "site/pump-7/reading") return;
        var whole = Whole().Match(text);
        if (!whole.Success)
        {
            _wrong.Add($"{at}: {text}");
            return;
        }

        var number = int.Parse(whole.Groups[1].Value, CultureInfo.InvariantCulture);
        if (_received.TryGetValue(number, out var before))
        {
            _repeated++;
            if (before != text) _wrong.Add($"{at}: {text} was {before}");
        }

        _received[number] = text;
    }

    private static async Task<Bench> Gateway()
    {
        var fixtures = Path.Combine(RepositoryRoot.Path, "fixtures");
        var bench = new Bench();
        bench.Firmware(FirmwareSource.FromPath(Path.Combine(fixtures, "scripts", "meter-gateway")));
        bench.AddService(EndpointText.Parse(ServiceUrl.Parse(Broker), "broker"));
        bench.AddPeer(
            PeerScript.Read(Path.Combine(fixtures, "peers", "modbus-slave.lua"), "modbus-slave.lua",
                [.. Enumerable.Range(0, 4).Select(n => KeyValuePair.Create($"register {n}", $"{n + 1}"))]),
            new PeerPlace.Uart(1));
        await bench.Do(new TellDevice(
            DeviceSpot.Parse("i2c 0 0x44").Spot, new DeviceOrder.Has(DeviceTable.Parse("2400>6666938000A2"))));
        return bench;
    }

    [GeneratedRegex(@"^I/user\.reading\t(\d+)\t")]
    private static partial Regex Taken();

    [GeneratedRegex(@"main\.lua:|\.lua:\d+:|^E/(?!mqtt|DNS)|flash is full|full, lost")]
    private static partial Regex Wrong();

    [GeneratedRegex(
        """^\{"n":(\d+),"t":\d+,"wh":65538,"w":3,"mv":400,"temp":250,"hum":500,"relay":[01]\}$""")]
    private static partial Regex Whole();
}
