using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Tests.Update;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Files;

/// <summary><c>fota</c> (L:luat/modules/luat_lib_fota.c, S:project/luatos/src/luat_fota_ec618.c).</summary>
public sealed class FotaLibraryTests
{
    private const string Script = "write stript data|stript data done, now checking|stript data md5 ok|";
    private const string ScriptOnly = Script + "stript data md5 ok|fota ok!, wait reboot";
    private const string Core = "write core data|validate delta ok!|sdk data ok!|fota ok!, wait reboot";

    [Theory]
    [InlineData("show(fota.run(package('new', '')))", "true true 0", ScriptOnly)]
    [InlineData("show(fota.run(package('new', 'core')))", "true true 0", Script + Core)]
    [InlineData("show(fota.run(package('', 'core')))", "true true 0", Core)]
    [InlineData("local p = package(('n'):rep(5000), '') show(fota.run(p:sub(1, 92))) show(fota.isDone()) " +
        "show(fota.run(p:sub(93, 200))) show(fota.isDone()) show(fota.run(p:sub(201, 5091))) " +
        "show(fota.run(p:sub(5092)))",
        "true false 1|false true|true false 1|true false|true false 1|true true 0", ScriptOnly)]
    [InlineData("show(fota.run(package('new', '', 'magic'))) show(fota.isDone())", "false true -1|false true",
        "magic num error 1")]
    [InlineData("show(fota.run(package('new', '', 'md5')))", "false true -1",
        "write stript data|stript data done, now checking|stript data md5 check failed")]
    [InlineData("fota.run(package('new', '', 'magic')) show(fota.run(package('new', '')))", "true true 0",
        "magic num error 1|" + ScriptOnly)]
    [InlineData("fota.run(package('new', '')) show(fota.isDone()) show(fota.finish(true)) show(fota.run('x'))",
        "true true|true|false true -1", ScriptOnly + "|fota need init")]
    [InlineData("show(fota.run(package('new', ''):sub(1, 94))) show(fota.finish(true)) show(fota.run('x'))",
        "true false 1|false|false true -1", "write stript data|fota failed|fota need init")]
    [InlineData("show(fota.run(true)) show(fota.run()) show(fota.wait())", "true false 1|true false 1|true", "")]
    [InlineData("local b = zbuff.create(200) b:write('xx' .. package('new', '')) show(fota.run(b, 2))", "true true 0",
        ScriptOnly)]
    [InlineData("local b = zbuff.create(200) b:write(package('new', '')) show(fota.run(b, 0, 93)) " +
        "show(fota.run(b, 93, 2))", "true false 1|true true 0", ScriptOnly)]
    [InlineData("io.writeFile('/new', package(('n'):rep(6000), '')) show(fota.file('/new'))", "true true 0",
        ScriptOnly)]
    [InlineData("io.writeFile('/new', '') show(fota.file('/new'))", "true true 0", "")]
    public void A_package_is_taken_piece_by_piece(string lua, string gives, string lines)
    {
        var bench = LibraryCall.Run($"{UpdatePackage.Lua} show(fota.init()) {lua}");
        bench.NotModelled.ShouldBeEmpty(bench.Dump());
        bench.Lines.Where(line => line.StartsWith("is\t", StringComparison.Ordinal)).Select(line => line[3..])
            .ShouldBe(["true", .. gives.Split('|')], bench.Dump());
        bench.Lines.Where(line => line.StartsWith("I/fota ", StringComparison.Ordinal)).Select(line => line[7..])
            .ShouldBe(lines.Length == 0 ? [] : lines.Split('|'), bench.Dump());
    }

    [Theory]
    [InlineData("show(fota.run('x'))", "false true -1", "I/fota fota need init")]
    [InlineData("show(fota.isDone()) show(fota.finish(true))", "false true|false", "I/fota fota failed")]
    [InlineData("show(fota.file('/none'))", "false false 0", "E/fota no such file for FOTA /none")]
    [InlineData("fota.init() show(fota.run(zbuff.create(10), 5, 6))", "false true -1", "E/fota len too long 6 > 10")]
    [InlineData("fota.init() show(fota.run(zbuff.create(10), 11, 0))", "false true -1", "E/fota len too long 0 > 10")]
    [InlineData("b = {} for _, n in ipairs({24000, 500}) do repeat local z = zbuff.create(n) b[#b + 1] = z " +
        "until not z end show(fota.init())", "false", "I/fota fota init fail, out of sys memory!!!")]
    [InlineData("io.writeFile('/new', 'x') b = {} for _, n in ipairs({24000, 4000, 1000, 200}) do " +
        "repeat local z = zbuff.create(n) b[#b + 1] = z until not z end show(fota.file('/new'))", "false false 0",
        "E/fota out of memory when reading file /new")]
    public void What_goes_wrong_is_told(string lua, string gives, string line)
    {
        var bench = LibraryCall.Run(UpdatePackage.Lua + lua);
        bench.Lines.Where(each => each.StartsWith("is\t", StringComparison.Ordinal)).Select(each => each[3..])
            .ShouldBe(gives.Split('|'), bench.Dump());
        bench.Lines.ShouldContain(line, bench.Dump());
    }

    [Theory]
    [InlineData("11")]
    [InlineData("1, -1")]
    [InlineData("-1, 1")]
    public void Bytes_outside_of_a_zbuff_are_a_crash_of_the_module(string place) =>
        LibraryCall.Run($"fota.init() print('is', pcall(fota.run, zbuff.create(10), {place}))").Lines.ShouldContain(
            "is\tfalse\tfota.run of bytes outside of a zbuff (V1112 crashes here)");

    [Fact]
    public void Changes_for_another_core_are_refused()
    {
        var bench = new FakeBench(
            UpdatePackage.Lua + "fota.init() show(fota.run(package('new', 'core'))) while true do rtos.receive(-1) end",
            new ModemParameters { TakesCoreUpdates = false }).PowerOn().RunTo(0.5);
        bench.Lines.ShouldContain("is\tfalse true -1", bench.Dump());
        bench.Lines.Where(line => line.StartsWith("I/fota ", StringComparison.Ordinal)).Select(line => line[7..])
            .TakeLast(2).ShouldBe(["validate delta ok!", "however, base fw is unmatched!"], bench.Dump());
    }

    [Fact]
    public void A_head_with_a_wrong_sum_is_refused()
    {
        var bench = LibraryCall.Run(UpdatePackage.Lua + "fota.init() show(fota.run(package('new', '', 'crc')))");
        bench.Lines.ShouldContain("is\tfalse true -1", bench.Dump());
        bench.Lines.ShouldContain(
            line => line.StartsWith("I/fota file head crc32 error ", StringComparison.Ordinal)
                && line.EndsWith(",0", StringComparison.Ordinal), bench.Dump());
    }
}
