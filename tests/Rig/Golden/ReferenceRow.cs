using System.Globalization;
using System.Text;
using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.VirtualModem.Firmware.Scripts;

namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// A test row of a reference on the whole rig: a task of a script, services that answer, and what the script sees in
/// order. The names answer after 60 ms and a round trip takes 60 ms (reference-net §12).
/// </summary>
/// <param name="Id">As the reference has it, with words behind it.</param>
/// <param name="Task">Lua in a task, a second after IP_READY.</param>
/// <param name="Expected">
/// What show, took and told printed, parted by "|": values parted by ","; "a..b" is a number in between, "*" anything.
/// </param>
internal sealed record ReferenceRow(string Id, string Task, string Expected)
{
    private const string Prelude =
        """
        sys = require("sys")
        local names = {[socket.LINK] = "LINK", [socket.ON_LINE] = "ON_LINE", [socket.TX_OK] = "TX_OK",
            [socket.CLOSED] = "CLOSED", [socket.EVENT] = "EVENT"}
        local ms, zero = function() return mcu.ticks() end, 0
        function begin() zero = ms() end
        function show(...)
            local t = table.pack(...)
            for i = 1, t.n do t[i] = tostring(t[i]) end
            log.info("row", table.concat(t, ","))
        end
        function count(...) show((select("#", ...))) end
        function took(...)
            local t, now = table.pack(...), ms() - zero
            t[t.n + 1] = now
            show(table.unpack(t, 1, t.n + 1))
        end
        function fails(f) return (tostring(select(2, pcall(f))):gsub("^[^ ]+:%d+: ", "")) end
        function told(_, event, param) show((names[event] or event) .. "/" .. param) end
        function timed(_, event, param) took((names[event] or event) .. "/" .. param) end
        function online(port, f, host)
            local s = socket.create(nil, f or told)
            socket.config(s)
            begin()
            socket.connect(s, host or "tcp.test", port or 9)
            sys.wait(300)
            return s
        end
        function client(host, port, more)
            local c = mqtt.create(nil, host or "mqtt.test", port or 1883, more)
            c:auth("me", "user", "pass")
            c:on(function(_, event, data, payload, meta)
                took(event, data, payload, meta and meta.qos, meta and meta.retain)
            end)
            begin()
            return c
        end
        function get(url, opts, method)
            begin()
            local code, headers, body = http.request(method or "GET", url, nil, nil, opts).wait()
            took(code, type(headers), type(body) == "string" and #body or body)
            return headers, body
        end

        """;

    private static readonly NetworkProfile Profile = new() { DnsMs = 60, RoundTripMs = 60, JitterMs = 0 };

    /// <summary>Beside those of the default world.</summary>
    public IReadOnlyList<Endpoint> Services { get; init; } = [];

    /// <summary>A time and a phrase each.</summary>
    public IReadOnlyList<string> Acts { get; init; } = [];

    /// <summary>How lines of the log begin that come in this order.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>How lines begin that do not come.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>An event of the session that must come at <see cref="Times"/>; null: none is looked at.</summary>
    public string? Kind { get; init; }

    /// <summary>In s, within 1 s: an idle radio takes 0.62 s.</summary>
    public IReadOnlyList<double> Times { get; init; } = [];

    /// <summary>
    /// What happens at the module's own pins and buses: "27: Low, High" of a pin, "i2c: ..." and "spi: ..." what each
    /// transaction writes, in hexadecimal, "-" where it only reads.
    /// </summary>
    public IReadOnlyList<string> Wires { get; init; } = [];

    /// <summary>How long the module runs, in s.</summary>
    public double Seconds { get; init; } = 30;

    /// <summary>The task begins with the script instead of with the link.</summary>
    public bool IsEarly { get; init; }

    /// <summary>The script has neither sysplus nor libnet.</summary>
    public bool IsBare { get; init; }

    /// <summary>The vendor's library that the task needs; null: none. See <see cref="VendorLibrary"/>.</summary>
    public string? Library { get; init; }

    /// <summary>A service that answers so, as the command line has it.</summary>
    public static Endpoint Does(string text) => EndpointText.Parse(text);

    /// <summary>A service that a table describes.</summary>
    public static Endpoint Table(string url, string noun, string columns, params string[] rows) =>
        EndpointText.Parse(ServiceUrl.Parse(url), null, Read(noun, columns, rows));

    /// <summary>A service that a second table describes, too.</summary>
    public static Endpoint And(Endpoint before, string noun, string columns, params string[] rows) =>
        EndpointText.Parse(before.Url, before, Read(noun, columns, rows));

    public async Task Check()
    {
        var library = Library is null ? null : VendorLibrary.Read(Library);
        await using var bench = new Bench(new BenchOptions
        {
            NetworkProfile = Profile,
            Services = [.. DefaultWorld.Endpoints, .. Services],
        });
        var start = IsEarly ? "" : "sys.waitUntil('IP_READY') sys.wait(1000)";
        var text = IsBare
            ? $"{Prelude}sys.taskInit(function()\n{start}\n{Task}\nend)\nsys.run()"
            : $"PROJECT, VERSION = 'row', '1.0.0' sysplus = require('sysplus') libnet = require('libnet') " +
                $"{(Library is null ? "" : $"{Library} = require('{Library}') ")}{Prelude}" +
                $"sysplus.taskInitEx(function()\n{start}\n{Task}\nend, 'T', function() end)\nsys.run()";
        bench.Firmware(FirmwareSource.FromFiles(
        [
            new("main.lua", text), new("libnet.lua", Encoding.UTF8.GetString(ShippedScripts.Source("libnet"))),
            .. library is null ? [] : new KeyValuePair<string, string>[] { new($"{Library}.lua", library) },
        ]));
        foreach (var act in Acts) bench.Schedule(ScheduledAct.Parse(act));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(Seconds));
        var lines = bench.Events.OfType<LogLine>().ToArray();
        var log = lines.Select(line => line.Line).ToArray();
        var dump = string.Join('\n', lines.Select(line => $"{line.At:mm\\:ss\\.fff} {line.Line}"));
        const string Mine = "I/user.row\t";
        var seen = log.Where(line => line.StartsWith(Mine, StringComparison.Ordinal))
            .Select(line => line[Mine.Length..].TrimEnd()).ToArray();
        var wanted = Expected.Length == 0 ? [] : Expected.Split('|');
        var fits = seen.Length == wanted.Length && seen.Zip(wanted).All(pair => Fits(pair.First, pair.Second));
        if (!fits) Assert.Fail($"{Id}: expected\n{Expected}\nand saw\n{string.Join('|', seen)}\nin\n{dump}");
        var place = 0;
        foreach (var line in Lines)
        {
            var found = Array.FindIndex(log, place, text => text.StartsWith(line, StringComparison.Ordinal));
            found.ShouldBeGreaterThanOrEqualTo(0, $"{Id}: '{line}' is not in its place in\n{dump}");
            place = found + 1;
        }

        var times = bench.Events.Where(e => e.Kind == Kind).Select(e => e.At.TotalSeconds).ToArray();
        times.Length.ShouldBe(Times.Count, $"{Id}: {Kind} at {string.Join(", ", times)}");
        times.Zip(Times).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1, Id);
        foreach (var wire in Wires.Select(wire => wire.Split(':', 2)))
        {
            Seen(bench.Events, wire[0]).ShouldBe(wire[1].Trim(), $"{Id}: {wire[0]}");
        }

        foreach (var line in Missing)
        {
            log.ShouldNotContain(text => text.StartsWith(line, StringComparison.Ordinal), dump);
        }
    }

    /// <summary>What happened at a wire that <see cref="Wires"/> names, as it writes that.</summary>
    private static string Seen(IReadOnlyList<SessionEvent> events, string wire) => string.Join(", ", events.Select(e =>
        e switch
        {
            PinDriven pin when wire == Number(pin.Pin) => pin.Drive.ToString(),
            PinPulsed pin when wire == Number(pin.Pin) => FormattableString.Invariant(
                $"{pin.Hertz} Hz {pin.Duty} {pin.Pulses}"),
            I2cTransferred i2c when wire == "i2c" => i2c.Writes ? Convert.ToHexString(i2c.Bytes.Span) : "-",
            SpiTransferred spi when wire == "spi" => Convert.ToHexString(spi.Bytes.Span),
            _ => null,
        }).OfType<string>());

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static ServiceTable Read(string noun, string columns, string[] rows) => new(
        noun, columns.Split(' '),
        [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Split('/').Select(c => c.Replace('%', '/'))])]);

    private static bool Fits(string seen, string wanted)
    {
        var (have, want) = (seen.Split(','), wanted.Split(','));
        return have.Length == want.Length && have.Zip(want).All(pair => FitsCell(pair.First, pair.Second));
    }

    private static bool FitsCell(string seen, string wanted)
    {
        if (wanted == "*" || seen == wanted) return true;
        var dots = wanted.IndexOf("..", StringComparison.Ordinal);
        return dots > 0 && double.TryParse(seen, CultureInfo.InvariantCulture, out var value)
            && value >= double.Parse(wanted[..dots], CultureInfo.InvariantCulture)
            && value <= double.Parse(wanted[(dots + 2)..], CultureInfo.InvariantCulture);
    }
}
