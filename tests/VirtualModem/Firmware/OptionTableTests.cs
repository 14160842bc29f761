namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>Tables of options are read by lua_gettable, which follows <c>__index</c>.</summary>
public sealed class OptionTableTests
{
    /// <param name="call">It takes the table <c>o</c>.</param>
    /// <param name="fields">With them it gives another result than without.</param>
    [Theory]
    [InlineData("rtc.set(o)", "year=2024,mon=5,day=6,hour=1,min=2,sec=3")]
    [InlineData("rtc.timerStart(0, o)", "year=2024,mon=5,day=6,hour=1,min=2,sec=3")]
    [InlineData("mqtt.create(nil, 'h', 1, o)", "client_cert='x'")]
    [InlineData("ftp.login(nil, 'h', 21, 'u', 'p', o)", "client_cert='x'")]
    [InlineData("http.request('GET', 'http://h', nil, nil, o)", "fota={address=1.5}")]
    [InlineData("http.request('GET', 'http://h', nil, nil, {fota=o})", "length=1.5")]
    [InlineData("u8g2.begin(o)", "mode='i2c_sw',ic='ssd1306'")]
    [InlineData("libgnss.casic_aid(o):toHex()", "year=2024,month=5,day=6,hour=1,min=2,sec=3")]
    [InlineData("libgnss.casic_aid(nil, o):toHex()", "lat='23.12',lng=114.12,alt=5")]
    [InlineData("lcd.init('st7735', o)", "w=5000,h=5000,port=0")]
    public void A_field_that_is_inherited_counts_as_one_that_is_there(string call, string fields)
    {
        var plain = Run(call, $"{{{fields}}}");
        plain.ShouldNotBe(Run(call, "{}"));
        Run(call, $"setmetatable({{}}, {{__index = {{{fields}}}}})").ShouldBe(plain);
        Run(call, $"setmetatable({{}}, {{__index = setmetatable({{}}, {{__index = {{{fields}}}}})}})").ShouldBe(plain);
    }

    /// <summary>How many items there are is the raw length.</summary>
    [Fact]
    public void An_item_of_a_list_may_be_inherited()
    {
        const string call = "mqtt.create(nil, 'h', 1):unsubscribe(o)";
        Run(call, "setmetatable({nil, 'b'}, {__index = {'a'}})").ShouldBe(Run(call, "{'a', 'b'}"));
        Run(call, "{nil, 'b'}").ShouldContain("bad argument #-2 to 'unsubscribe' (string expected, got nil)");
    }

    [Theory]
    [InlineData("{__index = function() return 1 end}", "is not modelled")]
    [InlineData("{__index = 5}", "attempt to index a number value")]
    [InlineData("(function() local m = {} m.__index = setmetatable({}, m) return m end)()",
        "'__index' chain too long; possible loop")]
    public void What_cannot_be_followed_is_an_error(string metatable, string error) =>
        Run("rtc.set(o)", $"setmetatable({{}}, {metatable})").ShouldContain(error);

    private static string Run(string call, string table)
    {
        var bench = new FakeBench(
            $"local o = {table} log.info('r', pcall(function() return {call} end)) while true do rtos.receive(-1) end")
            .PowerOn().RunTo(2);
        var lines = bench.Lines.SkipWhile(line => !line.StartsWith("D/main loadlibs sys", StringComparison.Ordinal))
            .Where(line => !line.Contains("userdata", StringComparison.Ordinal));
        return string.Join('\n', lines.Skip(1));
    }
}
