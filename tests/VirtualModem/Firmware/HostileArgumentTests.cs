using AirHil.Modem;
using AirHil.Tests;
using AirHil.VirtualModem.Firmware.Libraries;

namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// Every modelled function takes every kind of argument at every place, with 32 and with 64 bits: it may raise an error
/// of Lua, restart the module or end its memory, and nothing else. Each value comes first at both widths, each pair of
/// values at one of them. Outside of .ci/run every fourth function of a library is taken.
/// </summary>
public sealed class HostileArgumentTests
{
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

    /// <summary>Every function gets the object of the UART on pins for a first argument of 1.</summary>
    private const string SoftUart =
        "local s = uart.createSoft(17, 0, 1, 2) uart.setup(s, 9600) local plain = uart uart = setmetatable({}, " +
        "{__index = function(_, k) local f = plain[k] if type(f) ~= 'function' then return f end " +
        "return function(a, ...) return f(a == 1 and s or a, ...) end end})";

    /// <summary>Libraries that do their work only after a start, and what starts them.</summary>
    internal static readonly (string Library, string Start)[] Started =
    [
        ("lcd", "spi.setup(0, 8, 0, 0, 8, 20000000) lcd.init('st7735', {port = 0, w = 16, h = 8})"),
        ("lcd", "spi.setup(0, 8) lcd.init('st7789', {port = 0, w = 9, h = 7}) lcd.setupBuff() lcd.autoFlush(false)"),
        ("u8g2", "u8g2.begin({ic = 'ssd1306', mode = 'i2c_hw', i2c_id = 0})"),
        ("u8g2", "u8g2.begin({ic = 'ssd1306', mode = 'spi_hw_4pin', spi_id = 0, spi_dc = 10, direction = 90})"),
        ("fatfs", "fatfs.mount(fatfs.SPI, '/sd') fatfs.debug(1)"),
        ("uart", SoftUart),
        ("io", "fatfs.mount(fatfs.SPI, '')"),
        ("w5500", "w5500.init(0, 1000000, 8, 18, 1) w5500.bind(socket.ETH0)"),
        ("socket", "w5500.init(0, 1000000, 8, 18, 1) w5500.bind(socket.ETH0)"),
    ];

    public static IEnumerable<TheoryDataRow<string, string, int>> StartedLibraries() =>
        from one in Started
        from bits in (int[])[32, 64]
        select new TheoryDataRow<string, string, int>(one.Library, one.Start, bits);

    public static IEnumerable<TheoryDataRow<string, int>> Libraries() =>
        from name in Functions().Select(one => one.Library).Distinct()
        from bits in (int[])[32, 64]
        select new TheoryDataRow<string, int>(name, bits);

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Any_argument_leads_to_an_error_of_lua_or_a_fault_of_the_module(string library, int bits)
    {
        foreach (var (_, function) in LongRun.Sample(Functions(library)))
        {
            Should.NotThrow(new ArgumentSweep(function, bits).Run, function);
        }
    }

    [Theory]
    [MemberData(nameof(StartedLibraries))]
    public void Any_argument_after_a_start_leads_to_the_same(string library, string start, int bits)
    {
        foreach (var (_, function) in LongRun.Sample(Functions(library)))
        {
            Should.NotThrow(new ArgumentSweep(function, bits) { Start = start }.Run, function);
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Any_argument_where_a_sensor_answers_leads_to_the_same(int bits)
    {
        foreach (var function in Modelled("sensor").Select(name => $"sensor.{name}"))
        {
            Should.NotThrow(new ArgumentSweep(function, bits) { IsLow = true }.Run, function);
        }
    }

    /// <summary>One function after another takes values that no other sweep has.</summary>
    [Fact]
    public void Other_arguments_lead_to_the_same()
    {
        var functions = Functions().ToArray();
        foreach (var seed in LongRun.Seeds(60, "functions"))
        {
            var random = SplitMix64.For((ulong)seed, "hostile arguments");
            var (library, function) = functions[random.Below(functions.Length)];
            string[] starts = ["", .. Started.Where(one => one.Library == library).Select(one => one.Start)];
            var sweep = new ArgumentSweep(function, random.Below(2) == 0 ? 32 : 64)
            {
                Start = starts[random.Below(starts.Length)],
                IsLow = random.Below(2) == 0,
                Values = [.. Enumerable.Range(0, HostileValues.Fixed.Length).Select(_ => HostileValues.Any(random))],
            };
            Should.NotThrow(sweep.Run, $"seed {seed}, {function}");
        }
    }

    internal static IEnumerable<(string Library, string Function)> Functions(string library) =>
        Functions().Where(one => one.Library == library);

    internal static IEnumerable<(string Library, string Function)> Functions()
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
        $"function(...) local o = {make} if o then return o['{name}'](o, ...) end end";

    private static IEnumerable<string> Modelled(string library) =>
        ModelCoverage.OfTheFirmware().Single(one => one.Name == library).Modelled;

    private static string OnHandle(string function, string make) =>
        $"function(...) return {function}({make}, ...) end";
}
