namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary>An mqtt object without a network, argument by argument (luat_lib_mqtt.c).</summary>
public sealed class MqttObjectTests
{
    public static TheoryData<string, string> Expressions => new()
    {
        { "select('#', mqtt.create(-1, 'h', 1)), select('#', mqtt.create(10, 'h', 1))", "0,0" },
        { "select('#', mqtt.create(4, 'h', 1))", "0" },
        { "pcall(mqtt.create, nil, nil, 1)", "false,bad argument #2 to '?' (string expected, got nil)" },
        { "pcall(mqtt.create, nil, 'h')", "false,bad argument #3 to '?' (number expected, got userdata)" },
        { "pcall(mqtt.create, nil)", "false,bad argument #2 to '?' (string expected, got userdata)" },
        { "pcall(mqtt.create)", "false,bad argument #2 to '?' (string expected, got no value)" },
        { "pcall(mqtt.create, nil, 'h', 'x')", "false,bad argument #3 to '?' (number expected, got string)" },
        { "pcall(mqtt.create, 'x', 'h', 1)", "false,bad argument #1 to '?' (number expected, got string)" },
        { "type(mqtt.create(nil, 'h', 1, 'x', 'y'))", "userdata" },
        { "mqtt.create(nil, 'h', 1, nil, {rxSize = 4e9}):connect()", "false" },
        { "pcall(mqtt.create, nil, 'h', 1, nil, {rxSize = 5e9})",
            "false,mqtt.create(…, {rxSize = 4294967292}) is not modelled by this virtual Air780E " +
            "(V1112 has it; see docs/fidelity.md)" },
        { "tostring(c):match('^MQTTCTRL%*: ') ~= nil", "true" },
        { "c.connect == mqtt.connect, c.nothing", "true,nil" },
        { "mqtt.STATE_DISCONNECT, mqtt.STATE_SCONNECT, mqtt.STATE_MQTT, mqtt.STATE_READY", "0,1,2,3" },
        { "type(c.STATE_READY)", "function" },
        { "select('#', c:auth()), select('#', c:keepalive()), select('#', c:on()), select('#', c:autoreconn())",
            "0,0,0,0" },
        { "pcall(c.auth, c, {})", "false,bad argument #2 to '?' (string expected, got table)" },
        { "pcall(c.keepalive, c, 'x')", "false,bad argument #2 to '?' (number expected, got string)" },
        { "pcall(c.autoreconn, c, true, 'x')", "false,bad argument #3 to '?' (number expected, got string)" },
        { "c:ready(), c:state()", "false,0" },
        { "c:will('t', 'p'), c:will('t', '', 1, 1), pcall(c.will, c, 't')",
            "true,true,false,bad argument #3 to '?' (string expected, got no value)" },
        { "select('#', c:debug()), select('#', c:debug(true)), select('#', c:debug(5))", "0,0,0" },
        { "select('#', c:publish('t', 'p')), select('#', c:subscribe('t')), select('#', c:unsubscribe('t'))",
            "0,0,0" },
        { "pcall(function() local r = c:subscribe({5}) return r end)", "false,invalid key to 'next'" },
        { "c:disconnect(), select('#', c:close())", "true,0" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_function_takes_and_gives_what_v1112s_does(string expression, string expected)
    {
        var bench = Run($$"""
            local r = table.pack({{expression}}) for i = 1, r.n do r[i] = tostring(r[i]) end
            print("is " .. table.concat(r, ","))
            """);
        bench.Lines.ShouldContain("is " + expected, bench.Dump());
    }

    [Theory]
    [InlineData("mqtt.create(10, 'h', 1)", "E/mqtt 尚无已注册的网络适配器")]
    [InlineData("mqtt.create(3, 'h', 1)", "network_alloc_ctrl 1363:adapter index 3 is invalid!",
        "W/mqtt network_alloc_ctrl fail", "E/mqtt mqtt init FAID ret -1")]
    [InlineData("for i = 1, 8 do mqtt.create(nil, 'h', 1) end", "network_alloc_ctrl 1381:adapter no more ctrl!",
        "W/mqtt network_alloc_ctrl fail", "E/mqtt mqtt init FAID ret -1")]
    [InlineData("for i = 1, 8 do pcall(mqtt.create, nil, 'h') end", "network_alloc_ctrl 1381:adapter no more ctrl!")]
    [InlineData("c:publish('t', 'p')", "W/mqtt network_tx ret -1, closing socket",
        "I/mqtt mqtt closing socket netc:0046D000 mqtt_state:0")]
    public void A_refusal_is_logged_as_v1112_logs_it(string call, params string[] lines)
    {
        var bench = Run(call);
        foreach (var line in lines) bench.Lines.ShouldContain(line, bench.Dump());
    }

    [Theory]
    [InlineData("mqtt.create(nil, 5, 1)", "mqtt.create with a number as host")]
    [InlineData("mqtt.connect()", "An mqtt function was called without an mqtt object")]
    [InlineData("c.STATE_READY(c)", "A constant of mqtt was called on an object")]
    [InlineData("c:subscribe({[true] = 1})", "mqttc:subscribe with a topic that is no text")]
    public void What_crashes_v1112_is_an_error_that_says_so(string call, string what) =>
        Run($"print('e', pcall(function() return {call} end))").Line("e\tfalse").Text
            .ShouldContain(what + " (V1112 crashes here)");

    [Theory]
    [InlineData("mqtt.create(nil, ('h'):rep(192), 1)", "mqtt.create: a host of 192 bytes or more")]
    [InlineData("c:auth(('x'):rep(192))", "mqttc:auth: a text of 192 bytes or more")]
    public void A_text_that_overwrites_memory_is_told(string call, string notice) =>
        Run(call).Notices.ShouldContain(text => text.StartsWith(notice, StringComparison.Ordinal));

    private static FakeBench Run(string script) =>
        new FakeBench("sys = require('sys')\nlocal c = mqtt.create(nil, 'h', 1)\n" + script + "\nsys.run()").PowerOn()
            .RunTo(1);
}
