using AirHil.VirtualModem.Firmware.Libraries;
using AirHil.Tests;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// Every modelled function takes every kind of argument at every place, with 32 and with 64 bits: it may raise an error
/// of Lua, restart the module or end its memory, and nothing else. Each value comes first at both widths, each pair of
/// values at one of them.
/// </summary>
public sealed class HostileArgumentTests
{
    private static readonly string[] Values =
    [
        "nil", "true", "0", "1", "-1", "2", "255", "65536", "math.maxinteger", "math.mininteger", "2147483648.0",
        "-1e30", "0/0", "1/0", "0.5", "''", "'a'", "('x'):rep(3000)", "'\\0\\255'", "'%d'", "{}", "{1, 2, a = {}}",
        "function() end", "coroutine.create(function() end)", "zbuff and zbuff.create(16)",
    ];

    /// <summary>They end the script or never return, so they are called with one argument only.</summary>
    private static readonly string[] Ends =
    [
        "rtos.reboot", "pm.reboot", "pm.power", "pm.shutdown", "os.exit", "coroutine.yield", "rtos.receive",
        "sys.run", "sys.wait", "sys.waitUntil",
    ];

    /// <summary>Methods of objects, with an object to call them on.</summary>
    private static readonly (string Name, string Make, IEnumerable<string> Methods)[] Objects =
    [
        ("a websocket client", "websocket.create(nil, 'ws://a.test/')", Modelled("websocket")),
        ("an mqtt client", "mqtt.create(nil, 'a.test', 1883)", Modelled("mqtt")),
        ("a promise", "http.request('GET', 'http://a.test/')", ["wait", "cb"]),
        ("a file", "io.open('/hostile', 'w+')", ["read", "write", "seek", "lines", "flush", "setvbuf", "close"]),
    ];

    /// <summary>What some functions take as their first argument.</summary>
    private static readonly (string Library, string Make)[] Handles =
    [
        ("socket", "socket.create(nil, function() end)"),
        ("crypto", "crypto.hash_init('SHA256')"),
        ("fskv", "fskv.iter()"),
    ];

    public static IEnumerable<TheoryDataRow<string, int>> Libraries() =>
        from name in Functions().Select(one => one.Library).Distinct()
        from bits in (int[])[32, 64]
        select new TheoryDataRow<string, int>(name, bits);

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Any_argument_leads_to_an_error_of_lua_or_a_fault_of_the_module(string library, int bits)
    {
        foreach (var (_, function) in Functions().Where(one => one.Library == library)) Sweep(function, bits);
    }

    private static IEnumerable<(string Library, string Function)> Functions()
    {
        foreach (var library in ModelCoverage.OfLua().Concat(ModelCoverage.OfTheFirmware()))
        {
            var prefix = library.Name.Split(' ')[0] switch
            {
                "_G" => "",
                "a" => null,
                var name => name + ".",
            };
            foreach (var function in library.Modelled)
            {
                yield return (library.Name, prefix is null ? Method("zbuff.create(16)", function) : prefix + function);
            }
        }

        foreach (var (name, make, methods) in Objects)
        {
            foreach (var method in methods) yield return (name, Method(make, method));
        }

        foreach (var (library, make) in Handles)
        {
            foreach (var function in Modelled(library)) yield return (make, OnHandle($"{library}.{function}", make));
        }
    }

    /// <summary>
    /// C keeps most arguments in 32 bits. Only these read all of a lua_Integer: bits, packed data and zbuff:writeU64,
    /// the file position that is checked afterwards, the 64-bit difference of ticks, the time of iotauth, and the size
    /// of a picture.
    /// </summary>
    [Fact]
    public void Arguments_are_read_as_c_keeps_them()
    {
        string[] whole =
        [
            "BitAlias.cs", "PackCodes.cs", "ZbuffMethods.cs", "FileMethods.cs", "McuLibrary.cs", "IotAuthLibrary.cs",
            "ZbuffFrame.cs",
        ];
        var folder = Path.Combine(RepositoryRoot.Path, "src", "VirtualModem", "Firmware", "Libraries");
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("call.Integer", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file)!)
            .Except(whole)
            .ShouldBeEmpty("use call.Int or call.UInt");
    }

    private static string Method(string make, string name) =>
        $"function(...) local o = {make} if o then return o[{Quoted(name)}](o, ...) end end";

    private static IEnumerable<string> Modelled(string library) =>
        ModelCoverage.OfTheFirmware().Single(one => one.Name == library).Modelled;

    private static string OnHandle(string function, string make) =>
        $"function(...) return {function}({make}, ...) end";

    private static string Quoted(string name) => $"'{name}'";

    /// <summary>
    /// A call may end the script, and so the sweep. Then each first value has a script of its own, so that the values
    /// behind it are tried, too.
    /// </summary>
    private static void Sweep(string function, int bits)
    {
        if (HasSwept(function, bits, 1, Values.Length)) return;
        for (var first = 1; first <= Values.Length; first++) HasSwept(function, bits, first, first);
    }

    private static bool HasSwept(string function, int bits, int first, int last)
    {
        var script = $$"""
            local values = {{{string.Join(", ", Values.Select(value => $"function() return {value} end"))}}}
            local f = {{function}}
            if type(f) ~= 'function' then return end
            local function call(...)
              local co = coroutine.create(function(...) pcall(f, ...) end)
              coroutine.resume(co, ...)
            end
            call()
            for i = {{first}}, {{last}} do
              call(values[i]())
              if {{(Ends.Contains(function) ? "false" : "true")}} then
                for j = {{(bits == 32 ? "1 + i % 2" : "2 - i % 2")}}, #values, 2 do
                  call(values[i](), values[j]())
                  call(1, values[i](), values[j](), values[(i * 7 + j * 3) % #values + 1]())
                end
              end
            end
            log.info('swept')
            """;
        var bench = new FakeBench(script, new ModemParameters { Bits = bits }).PowerOn();
        Should.NotThrow(() => bench.RunTo(first == last ? 20 : 60), function);
        return bench.Lines.Contains("I/user.swept");
    }
}
