using System.Text;

using AirHil.Modem.Air;
using AirHil.VirtualModem.Firmware;

namespace AirHil.VirtualModem.Tests.Field;

/// <summary>
/// The cases of the folder shared/field beside the repository: what happens around the script, how long it runs, and
/// the lines that V1112 logs in this order ("!": that it must not log; "~": the start of a line).
/// </summary>
internal static class FieldCases
{
    public sealed record Case(double Seconds, Action<FakeBench> Stimulus, params string[] Expected)
    {
        /// <summary>False: nothing answers a DNS query.</summary>
        public bool AnswersDns { get; init; } = true;
    }

    private static readonly Action<FakeBench> Nothing = static _ => { };

    public static IReadOnlyDictionary<string, Case> All { get; } = new Dictionary<string, Case>
    {
        ["01-uart-accumulate"] = new(17, Bursts, "~I/user.RAM\ttrue\t", "I/user.RAM\ttrue\t48000\t48000"),
        ["02-busy-loop-reset"] = new(
            45, Nothing, "~I/user.boot\t0\t0\t0", "I/user.task\tbusy now", "~I/user.boot\t0\t0\t8"),
        ["03-uart-never-read"] = new(
            24, NoisyNeighbour, "~I/user.unread\t12576\t277872\t71392",
            "~prvUart_RxBufferAdd 398:uart1 rx 1,131072,131072!",
            "~I/user.unread\t131072\t277872\t18"),
        ["04-ticks-wrap"] = new(598 * 3600, Nothing, "~I/user.ticks\t-"),
        ["05-msgqueue-oom"] = new(
            8, Nothing, "~I/user.queued\t50\t", "~E/mem memory allocation failed total 262136", "E/main Luat: ",
            "~E/main not enough memory"),
        ["06-setup-keeps-callback"] = new(
            6, static bench =>
            {
                bench.WriteUart(1, "hello");
                bench.WriteUart(4, "world");
            }, "I/user.got\t1\t5\thello", "I/user.speed\t115200", "I/user.sent\t1", "I/user.got\t1\t5\tworld"),
        ["07-unsubscribe"] = new(
            2, Nothing, "E/main bad argument #1 to 'for iterator' (table expected, got nil)",
            "!I/user.step\t1"),
        ["08-long-module-name"] = new(2, Nothing, "~I/user.loaded\t"),
        ["09-fskv-types"] = new(
            3, Nothing, "E/fskv call fskv.init() first!!!", "~D/lfs init ok", "I/user.init\ttrue",
            "I/user.numstr\ttrue\tstring\t0123", "I/user.int\ttrue\tinteger\t123", "I/user.empty\ttrue",
            "W/fskv function/userdata/nil/thread isn't allow", "~I/user.nil\tfalse",
            "E/fskv value too big 4097 max 4096", "I/user.key63\ttrue\tkey64\tfalse",
            "~I/user.status\t", "~I/user.sett\ttrue"),
        ["10-dns-silent"] = new(
            20, Nothing, "~D/DNS api.day.app state 0 id 1 ipv6 0 use dns server2, try 0",
            "~D/DNS api.day.app state 0 id 1 ipv6 0 use dns server3, try 2", "E/DNS no ipv6, no ipv4",
            "I/user.wsc\tdisconnect", "I/DNS dns all done ,now stop")
        { AnswersDns = false },
        ["11-pcall-swallows"] = new(3, Nothing, "I/user.relay\ton", "!E/user.relay1\tfailed"),
        ["12-ping-payload"] = new(
            9, static bench => bench.At(8, new AirEvent.TcpReceived(1, FakeAir.Frame(0x89, "abc"u8))),
            "I/user.wsc\tconack\tnil", "!I/user.wsc\tdisconnect\tnil"),
        ["13-require-builtin"] = new(
            2, Nothing, "false\tlog", "false\tjson",
            "E/main main.lua:7: module 'mqtt' not found", "!I/user.main\tgot past require"),
        ["14-assert-message"] = new(
            2, Nothing, "false\tmain.lua:5: missing module", "false\tmain.lua:6: assertion failed!",
            "false\tmain.lua:7: boom", "~E/user.coroutine.resume\tmain.lua:11: sensor does not answer"),
        ["15-loadfile-missing"] = new(
            2, Nothing, "I/user.loadfile\tnil\tcannot open /config.lua: 2",
            "I/user.dofile\tfalse\tcannot open /config.lua: 2", "I/user.cfg\ttable\tdefault"),
        ["18-flymode-value"] = new(
            9, Nothing, "I/user.normal\ttrue", "I/user.enter\ttrue", "I/user.in flight mode\tfalse",
            "I/user.leave\tfalse"),
        ["21-fdb-alias"] = new(2, Nothing, "I/user.fdb\tuserdata\ttrue", "I/user.fdb\t1234"),
        ["23-chunk-too-big"] = new(
            20, Nothing, "~E/mem memory allocation failed", "E/main Luat: ", "E/main not enough memory",
            "~E/mem memory allocation failed"),
        ["24-synctime-off"] = new(
            9, Nothing, "I/user.sync\ttrue\tfalse\tfalse", "I/user.rtime\t0", "!D/mobile TIME_SYNC 0",
            "!I/user.NTP_UPDATE"),
        ["25-pm-request-state"] = new(
            2, Nothing, "I/user.check\tfalse\t1", "I/pm request mode=Actv, prev=Idle", "I/user.request\ttrue",
            "I/user.check\ttrue\t0", "I/pm request mode=Idle, prev=Actv", "I/user.request\ttrue",
            "I/user.check\tfalse\t1"),
    };

    /// <summary>Runs a case with its files.</summary>
    public static FakeBench Run(string folder, Case facts)
    {
        var files = Directory.GetFiles(folder, "*.lua")
            .Select(file => KeyValuePair.Create(Path.GetFileName(file), File.ReadAllBytes(file)));
        var bench = new FakeBench(new FirmwareImage([.. files]))
        {
            Air = new FakeAir { AnswersDns = facts.AnswersDns },
        };
        facts.Stimulus(bench);
        return bench.PowerOn().RunTo(facts.Seconds);
    }

    private static void Bursts(FakeBench bench)
    {
        var at = 1.0;
        for (var i = 0; i < 100; i++, at += 0.1) bench.WriteUart(at, new string('x', 300));
        for (var i = 0; i < 60; i++, at += 0.03) bench.WriteUart(at, new string('y', 300));
    }

    private static void NoisyNeighbour(FakeBench bench)
    {
        for (var i = 0; i < 200; i++) bench.WriteUart(1 + (i * 0.1), Encoding.ASCII.GetString(new byte[1000]));
    }
}
