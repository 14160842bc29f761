namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Files;

/// <summary>fskv by rows that were read in L:components/fskv/luat_lib_fskv.c and luat_fskv_sfd.c.</summary>
public class FskvTests
{
    /// <summary>The keys in their order; a place is counted, so a key that goes leaves one out.</summary>
    private const string Keys =
        "local function keys(deletes) local at, t = fskv.iter(), {} " +
        "for k in function() return fskv.next(at) end do " +
        "t[#t + 1] = k if deletes then fskv.del(k) end end return table.concat(t, ' ') end ";

    [Theory]
    [InlineData("fskv.set('e', ''), #fskv.kv_next(fskv.iter()), fskv.get('e')", "true\t1")]
    [InlineData("fskv.set('n', '0123'), fskv.get('n')", "true\t0123")]
    [InlineData("fskv.set('f', 25.3), math.type(fskv.get('f'))", "true\tfloat")]
    [InlineData("fskv.set('b', false), fskv.get('b')", "true\tfalse")]
    [InlineData("fskv.set('big', ('x'):rep(4095)), #fskv.get('big')", "true\t4095")]
    [InlineData("fskv.set('a/b', 1), fskv.set('.', 1), fskv.set('..', 1)", "false\tfalse\tfalse")]
    [InlineData("fskv.set('/a', 1), fskv.get('a'), fskv.del('//a'), fskv.get('a')", "true\t1\ttrue")]
    [InlineData("fskv.set('a\\0b', 7), fskv.get('a'), fskv.set('a', nil), fskv.get('a')", "true\t7\tfalse\t7")]
    [InlineData("fskv.set('f', 1/0), fskv.get('f') == 1/0, fskv.set('t', {1.5}), fskv.get('t')[1]",
        "true\ttrue\ttrue\t1.500000")]
    [InlineData("fskv.set('t', {a = {b = 1}}), fskv.get('t', 'a').b, fskv.get('t', 'x'), fskv.get('t', 5)",
        "true\t1\tnil\tnil")]
    [InlineData("fskv.set('s', 'x'), fskv.get('s', 'x'), fskv.sett('s', 5, 1), fskv.get('s', '5')",
        "true\tx\ttrue\t1")]
    [InlineData("fskv.set(('k'):rep(63), 1), fskv.set(('k'):rep(64), 1), fskv.set('', 1)", "true\tfalse\tfalse")]
    [InlineData("fskv.sett('t', 'a', 1), fskv.sett('t', 'b', 2), fskv.get('t', 'b'), fskv.get('t', 'c')",
        "true\ttrue\t2\tnil")]
    [InlineData("fskv.set('s', '1'), fskv.sett('s', 'a', '2'), fskv.get('s', 'a')", "true\ttrue\t2")]
    [InlineData("fskv.del('none'), fskv.status()", "true\t8192\t65536\t0")]
    [InlineData("fskv.sett('z', 'a\\0b', 1), fskv.get('z', 'a'), fskv.get('z', 'a\\0c')", "true\t1\t1")]
    [InlineData("fskv.set('i', math.mininteger), fskv.get('i')", "true\t-2147483648")]
    [InlineData("fdb == fskv, fskv.set('n', 3), fdb.kv_get('n')", "true\ttrue\t3")]
    [InlineData("fskv.kvdb_init(), fskv.kvdb_init(1), fskv.kv_set('k', 1), fskv.kv_get('k')", "true\ttrue\ttrue\t1")]
    [InlineData("fskv.set('a', 1), fskv.kv_del('a'), fskv.del('a'), select('#', fskv.get('a'))", "true\ttrue\ttrue\t0")]
    [InlineData("fskv.set('a', 1), fskv.clear(), fskv.stat()", "true\ttrue\t8192\t65536\t0")]
    [InlineData("fskv.set('a', 1), fskv.clr(), fskv.kv_clr(), fskv.kv_stat()", "true\ttrue\ttrue\t8192\t65536\t0")]
    [InlineData("fskv.set('b', 1), fskv.set('a', 1), keys()", "true\ttrue\ta b")]
    [InlineData("fskv.set('a', 1), fskv.set('ab', 1), fskv.set('abc', 1), fskv.set('b', 1), keys()",
        "true\ttrue\ttrue\ttrue\tabc ab a b")]
    [InlineData("fskv.set('a,b', 1), fskv.set('a', 1), fskv.set('', 1), keys()", "true\ttrue\tfalse\ta,b a")]
    [InlineData("fskv.set('a', 1), select('#', fskv.next(fskv.kv_iter()), fskv.kv_next(fskv.iter()))", "true\t2")]
    [InlineData("fskv.set('a', 1), fskv.set('b', 1), fskv.set('c', 1), keys(true)", "true\ttrue\ttrue\ta c")]
    [InlineData("pcall(fskv.set)", "false\tbad argument #1 to '?' (string expected, got no value)")]
    [InlineData("pcall(fskv.del, {})", "false\tbad argument #1 to '?' (string expected, got table)")]
    [InlineData("pcall(fskv.get, 'no', {})", "false\tbad argument #2 to '?' (string expected, got table)")]
    [InlineData("pcall(fskv.sett, 'no')", "false\tbad argument #2 to '?' (string expected, got no value)")]
    [InlineData("fskv.set('no'), fskv.set('no', print), select('#', fskv.sett('t', 'a'))", "false\tfalse\t0")]
    [InlineData("fskv.sett('t', 'a', 1), fskv.sett('t', 'a', nil), json.encode(fskv.get('t'))", "true\ttrue\t{}")]
    [InlineData("fskv.sett('t', 'a', print), select('#', fskv.get('t'))", "false\t0")]
    [InlineData("fskv.set(5, 1), fskv.get('5'), fskv.set('t', {1, 2}), #fskv.get('t', ''), fskv.get('t', '1')",
        "true\t1\ttrue\t2\tnil")]
    public void A_call_gives_what_the_source_says(string call, string expected) =>
        Lines($"{Keys} fskv.init() log.info('is', {call})").ShouldContain("I/user.is\t" + expected);

    [Theory]
    [InlineData("set()")]
    [InlineData("get({})")]
    [InlineData("sett()")]
    [InlineData("del()")]
    [InlineData("clear()")]
    [InlineData("status()")]
    [InlineData("iter()")]
    public void Before_init_a_call_logs_and_gives_nothing(string call)
    {
        var lines = Lines($"print('gives', select('#', fskv.{call}))").ToList();
        lines.ShouldContain("E/fskv call fskv.init() first!!!");
        lines.ShouldContain("gives\t0");
    }

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
