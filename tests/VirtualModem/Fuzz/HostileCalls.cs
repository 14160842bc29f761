using System.Globalization;
using System.Text;

using AirHil.Modem;
using AirHil.VirtualModem.Firmware.Libraries;

namespace AirHil.VirtualModem.Tests.Fuzz;

/// <summary>
/// Programs that call the module's libraries with anything: names of files, texts that look like JSON, packed data,
/// buffers beyond their ends, methods of the wrong object.
/// </summary>
internal sealed class HostileCalls(SplitMix64 random)
{
    /// <summary>What ends the program or waits on purpose.</summary>
    private static readonly string[] Left =
        ["rtos.reboot", "rtos.receive", "pm.reboot", "pm.shutdown", "timer.mdelay", "timer.udelay", "rtos.standy"];

    private static readonly string[] Functions =
    [
        .. ModelCoverage.OfTheFirmware().Concat(ModelCoverage.OfLua())
            .Where(library => !library.Name.Contains(' ', StringComparison.Ordinal))
            .SelectMany(library => library.Modelled.Select(name => $"{library.Name}.{name}"))
            .Where(name => !Left.Contains(name)),
    ];

    private static readonly string[] BufferMethods =
        [.. ModelCoverage.OfTheFirmware().Single(library => library.Name == "a zbuff").Modelled];

    private static readonly string[] Values =
    [
        "nil", "true", "false", "0", "1", "-1", "2", "7", "8", "255", "256", "4096", "65536", "2147483647",
        "-2147483648", "0.5", "-0.0", "1e38", "1/0", "0/0", "''", "'a'", "'\\0'", "'12'", "'0x10'", "('x'):rep(300)",
        "('y'):rep(5000)", "'\\255\\254'", "'/'", "'/a.txt'", "'/luadb/main.lua'", "'../x'", "'/a/b/c'",
        "('n'):rep(70)", "'rb'", "'w+'", "'*a'", "'%d%s'", "'(.-)%1'", "'>HbA'", "'<i4s2'", "'{\"a\":[1,2,{}]}'",
        "'[1,'", "'\\\\u12'", "{}", "{1, 2, 3}", "{a = {b = 1}}", "t", "b", "b2", "f", "print", "_G", "string",
        "json", "c", "zbuff.create(16)", "io.open('/a.txt', 'w+')",
        "function() end", "function() error({}) end", "coroutine.create(print)", "uart.VUART_0", "rtos.meminfo",
        "websocket.create(nil, 'ws://x')", "mqtt.create(nil, 'x', 1)", "socket.create(nil, f)", "fskv.iter()",
        "bit64.to64(-5)", "bit64.to64(1e30)", "miniz.compress(('x'):rep(900), 0x1080)", "zbuff.create({5, 4, 4})",
        "'-----BEGIN PUBLIC KEY-----\\nMFww\\n-----END PUBLIC KEY-----'", "crypto.hash_init('SHA256')",
    ];

    private static readonly string[] FileFunctions =
        ["exists", "fileSize", "readFile", "writeFile", "mkdir", "rmdir", "lsdir", "lines"];

    private const string Prelude =
        "local t, b, b2, c = {1, 'x', k = 2}, zbuff.create(10), zbuff.create(1000, 5), coroutine.running()\n" +
        "local function f(...) return ... end\n";

    public string Next()
    {
        var text = new StringBuilder("do ").Append(Prelude);
        for (var n = random.Below(6); n >= 0; n--)
        {
            text.Append(random.Below(6) switch
            {
                0 => $"pcall(b.{Pick(BufferMethods)}, {(random.Below(8) == 0 ? Value() : "b")}{Arguments()})",
                1 => $"pcall(b2.{Pick(BufferMethods)}, b2{Arguments()})",
                2 => Json(),
                3 => Files(),
                4 => Packed(),
                _ => $"pcall({Pick(Functions)}{Arguments()})",
            }).Append('\n');
        }

        return text.Append("end\n").ToString();
    }

    private string Json() => random.Below(2) == 0
        ? $"pcall(json.decode, {Quoted(JsonText(6))})"
        : $"pcall(json.encode, {Table(5)}{Arguments()})";

    private string JsonText(int depth)
    {
        var inside = depth == 0 ? "1" : JsonText(depth - 1);
        return random.Below(12) switch
        {
            0 => $"[{inside},{inside}]",
            1 => $"{{\"k\":{inside}}}",
            2 => $"[{inside}",
            3 => "1e" + random.Below(500).ToString(CultureInfo.InvariantCulture),
            4 => "\"\\u" + random.Below(70_000).ToString("x4", CultureInfo.InvariantCulture) + "\"",
            5 => "-" + inside,
            6 => "nul",
            7 => new string('[', random.Below(2000)),
            8 => "{\"a\" 1}",
            9 => "\"\\q\"",
            10 => " \t\r\n" + inside + "x",
            _ => inside,
        };
    }

    private string Table(int depth) => depth == 0 || random.Below(3) == 0
        ? Value()
        : $"{{{Table(depth - 1)}, [{Key()}] = {Table(depth - 1)}}}";

    private string Key() => random.Below(4) switch { 0 => "1", 1 => "'k'", 2 => "0.5", _ => "true" };

    private string Files()
    {
        var name = random.Below(3) == 0 ? Quoted(Name()) : Value();
        return random.Below(5) switch
        {
            0 => $"pcall(io.open, {name}, {Value()})",
            1 => $"do local h = io.open({Quoted(Name())}, 'w+') if h then pcall(h.write, h{Arguments()}) " +
                $"pcall(h.seek, h{Arguments()}) pcall(h.read, h{Arguments()}) pcall(h.close, h) end end",
            2 => $"pcall(io.{Pick(FileFunctions)}, {name}{Arguments()})",
            3 => $"pcall(os.{Pick(["remove", "rename", "date", "time"])}, {name}{Arguments()})",
            _ => $"pcall({Pick(["require", "loadfile", "dofile", "load"])}, {name})",
        };
    }

    private string Name()
    {
        var text = new StringBuilder(random.Below(2) == 0 ? "/" : "");
        for (var n = random.Below(8); n > 0; n--)
        {
            text.Append(Pick(["a", "/", "..", ".", "luadb", "ram", "é", "\\0", " ", new string('l', 80)]));
        }

        return text.ToString();
    }

    private string Packed()
    {
        var format = new StringBuilder();
        for (var n = random.Below(6); n >= 0; n--)
        {
            format.Append("zpPaAfdncbhHiIlL<>="[random.Below(19)]);
            if (random.Below(3) == 0) format.Append(random.Below(2_000_000));
        }

        return random.Below(2) == 0
            ? $"pcall(pack.pack, '{format}'{Arguments()})"
            : $"pcall(pack.unpack, {Value()}, '{format}', {Value()})";
    }

    private string Arguments()
    {
        var text = new StringBuilder();
        for (var n = random.Below(5); n > 0; n--) text.Append(", ").Append(Value());
        return text.ToString();
    }

    private string Value() => Pick(Values);

    private string Pick(string[] choices) => choices[random.Below(choices.Length)];

    private static string Quoted(string text) => $"[==[{text}]==]";
}
