namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Files;

/// <summary>fskv by rows that were read in L:components/fskv/luat_lib_fskv.c and luat_fskv_sfd.c.</summary>
public class FskvTests
{
    [Theory]
    [InlineData("fskv.set('e', ''), #fskv.kv_next(fskv.iter()), fskv.get('e')", "true\t1")]
    [InlineData("fskv.set('n', '0123'), fskv.get('n')", "true\t0123")]
    [InlineData("fskv.set('f', 25.3), math.type(fskv.get('f'))", "true\tfloat")]
    [InlineData("fskv.set('b', false), fskv.get('b')", "true\tfalse")]
    [InlineData("fskv.set('big', ('x'):rep(4095)), #fskv.get('big')", "true\t4095")]
    [InlineData("fskv.set(('k'):rep(63), 1), fskv.set(('k'):rep(64), 1), fskv.set('', 1)", "true\tfalse\tfalse")]
    [InlineData("fskv.sett('t', 'a', 1), fskv.sett('t', 'b', 2), fskv.get('t', 'b'), fskv.get('t', 'c')",
        "true\ttrue\t2\tnil")]
    [InlineData("fskv.set('s', '1'), fskv.sett('s', 'a', '2'), fskv.get('s', 'a')", "true\ttrue\t2")]
    [InlineData("fskv.del('none'), fskv.status()", "true\t8192\t65536\t0")]
    [InlineData("fskv.sett('z', 'a\\0b', 1), fskv.get('z', 'a'), fskv.get('z', 'a\\0c')", "true\t1\t1")]
    [InlineData("fskv.set('i', math.mininteger), fskv.get('i')", "true\t-2147483648")]
    [InlineData("fdb == fskv, fskv.set('n', 3), fdb.kv_get('n')", "true\ttrue\t3")]
    public void A_call_gives_what_the_source_says(string call, string expected) =>
        Lines($"fskv.init() log.info('is', {call})").ShouldContain("I/user.is\t" + expected);

    [Theory]
    [InlineData("fskv.get('a')", "E/fskv call fskv.init() first!!!")]
    [InlineData("fskv.init()", "I/lfs sfd_lfs mount ret -84, exec auto-format")]
    [InlineData("fskv.init()", "D/lfs init ok")]
    [InlineData("fskv.init() fskv.set('x', nil)", "W/fskv function/userdata/nil/thread isn't allow")]
    [InlineData("fskv.init() fskv.set('x', ('x'):rep(4096))", "E/fskv value too big 4097 max 4096")]
    [InlineData("fskv.init() fskv.sett('x', 'y')", "D/fskv require key skey value")]
    [InlineData("io.open('/nodir/x', 'wb')", "D/vfs fopen /nodir/x wb not found")]
    [InlineData("io.exists('/no')", "D/vfs fopen /no r not found")]
    public void A_refusal_has_its_log_line(string script, string line) => Lines(script).ShouldContain(line);

    private static IEnumerable<string> Lines(string script) =>
        new FakeBench(script + " while true do rtos.receive(-1) end").PowerOn().RunTo(1).Lines;
}
