namespace AirHil.Rig.Tests.Golden;

/// <summary>Sections 13 to 16 of the hardware reference: fskv, files, crypto and sensor.</summary>
internal static class StorageRows
{
    public static IEnumerable<ReferenceRow> All =>
        from row in (ReferenceRow[])[.. Keys, .. Files, .. Ciphers, .. Sensors]
        select row with { IsEarly = true, IsBare = true, Seconds = 8 };

    private static ReferenceRow[] Keys =>
    [
        new("13.1 before init", "count(fskv.get('a'))", "0") { Lines = ["E/fskv call fskv.init() first!!!"] },
        new("13.2 the first init", "show(fskv.init())", "true")
        {
            Lines = ["I/lfs sfd_lfs mount ret -84, exec auto-format", "D/lfs init ok"],
        },
        Key("13.3 an empty text is missing", "show(fskv.set('e', '')) count(fskv.get('e'))", "true|0"),
        Key("13.4 nil", "show(fskv.set('x', nil))", "false") with
        {
            Lines = ["W/fskv function/userdata/nil/thread isn't allow"],
        },
        Key("13.5 4096 bytes", "show(fskv.set('big', ('x'):rep(4096))) show(fskv.set('big', ('x'):rep(4095)))",
            "false|true") with { Lines = ["E/fskv value too big 4097 max 4096"] },
        Key("13.6 64 characters", "show(fskv.set(('k'):rep(64), 1), fskv.set(('k'):rep(63), 1))", "false,true"),
        Key("13.7 types",
            "fskv.set('f', 25.3) fskv.set('n', 3) fskv.set('s', '0123') show(fskv.get('f'), type(fskv.get('f'))) " +
            "show(math.type(fskv.get('n')), type(fskv.get('s')))", "25.30000,number|integer,string"),
        Key("13.8 fields",
            "fskv.sett('t', 'a', 1) fskv.sett('t', 'b', 2) show(fskv.get('t').a, fskv.get('t').b) " +
            "count(fskv.sett('t', 'a')) show(fskv.sett('t', 'a', nil)) show(fskv.get('t').a, fskv.get('t').b)",
            "1,2|0|true|nil,2") with { Lines = ["D/fskv require key skey value"] },
        Key("13.9 after a reset",
            "show((fskv.get('kept'))) if not fskv.get('kept') then fskv.set('kept', 7) rtos.reboot() end",
            "nil|7"),
        Key("13.10 a key that is not there", "show(fskv.del('none'))", "true"),
        Key("13.11 an empty store", "show(fskv.status())", "8192,65536,0"),
        Key("13.12 fdb is fskv", "fskv.set('n', 3) show(fdb.kv_get('n'))", "3"),
    ];

    private static ReferenceRow[] Files =>
    [
        new("14.1 a missing file", "count(io.readFile('/x.txt'))", "0") { Lines = ["D/vfs fopen /x.txt rb not found"] },
        new("14.2 a missing folder",
            "count(io.writeFile('/none/x', 'a')) io.mkdir('/none') show(io.writeFile('/none/x', 'a'))", "0|true"),
        new("14.3 a folder twice", "show(io.mkdir('/d')) show(io.mkdir('/d'))", "true,0|false,-17"),
        new("14.4 the files of no folder", "local ok, t = io.lsdir('/nodir/') show(ok, #t)", "true,0"),
        new("14.5 more than 16 files",
            "local t = {} for i = 1, 16 do t[i] = io.open('/f' .. i, 'w') end show(#t, (io.open('/g', 'w')))", "16,nil")
        {
            Lines = ["E/vfs fopen /g w too many open file!!!", "D/vfs fopen /g w not found"],
        },
        new("14.6 a full disk",
            "sys.wait(2000) show(io.writeFile('/big', ('x'):rep(10240))) show(io.fileSize('/big') < 10240) " +
            "local f = io.open('/h', 'w') local w, e = f:write(('x'):rep(10240)) show(w, type(e))",
            "true|true|nil,string")
        {
            Acts = ["1s disk left 4"],
        },
        new("14.7 the download is read only", "show((os.remove('/luadb/main.lua')))", "nil")
        {
            Missing = ["W/luadb"],
        },
        new("14.8 from mount to mount", "io.writeFile('/a', 'x') show((os.rename('/a', '/ram/a')))", "nil"),
        new("14.9 the supply goes before close",
            "show(io.exists('/closed') and io.readFile('/closed'), io.exists('/open') and io.readFile('/open')) " +
            "io.writeFile('/closed', 'x') f = io.open('/open', 'w') f:write('x') sys.wait(60000)",
            "false,false|x,*") { Acts = ["2s power off for 1s"] },
        new("14.10 lines of nothing", "show(fails(function() for l in io.lines('/none') do end end):sub(1, 24))",
            "cannot open file '/none'"),
        new("14.11 a library is no module", "show(fails(function() require('json') end))", "module 'json' not found"),
        new("14.12 the second page repeats two",
            "io.mkdir('/p') for i = 1, 12 do io.writeFile('/p/' .. i, 'x') end " +
            "local _, a = io.lsdir('/p/', 10) local _, b = io.lsdir('/p/', 10, 10) local seen, again = {}, 0 " +
            "for _, e in ipairs(a) do seen[e.name] = true end " +
            "for _, e in ipairs(b) do again = again + (seen[e.name] and 1 or 0) end show(#b, again)", "4,2"),
    ];

    private static ReferenceRow[] Ciphers =>
    [
        new("15.1 md5", "show(crypto.md5('abc'))", "900150983CD24FB0D6963F7D28E17F72"),
        new("15.2 an empty key is none", "show(crypto.hmac_md5('abc', '') == crypto.md5('abc'))", "true"),
        new("15.3 there and back",
            "local k, v = ('k'):rep(16), ('v'):rep(16) " +
            "local c = crypto.cipher_encrypt('AES-128-CBC', 'PKCS7', 'a text of 20 bytes..', k, v) " +
            "show(#c, crypto.cipher_decrypt('AES-128-CBC', 'PKCS7', c, k, v))", "32,a text of 20 bytes.."),
        new("15.4 a wrong key",
            "local v = ('v'):rep(16) " +
            "local c = crypto.cipher_encrypt('AES-128-CBC', 'PKCS7', 'a text of 20 bytes..', ('k'):rep(16), v) " +
            "show(#crypto.cipher_decrypt('AES-128-CBC', 'PKCS7', c, ('x'):rep(16), v))", "16")
        {
            Lines = ["E/crypto mbedtls_cipher_finish fail 0x6200 "],
        },
        new("15.5 no such cipher", "count(crypto.cipher_encrypt('AES-128-XYZ', 'PKCS7', 'a', 'k'))", "0")
        {
            Lines = ["E/crypto mbedtls_cipher_info fail AES-128-XYZ not support"],
        },
        new("15.6 a short key", "count(crypto.cipher_encrypt('AES-128-ECB', 'PKCS7', 'a', ('k'):rep(15)))", "0")
        {
            Lines = ["E/crypto mbedtls_cipher_setkey fail -0x"],
        },
        new("15.7 at most 128 bytes", "show(#crypto.trng(200))", "128"),
        new("15.8 no such file", "count(crypto.md_file('MD5', '/none'))", "0")
        {
            Lines = ["D/vfs fopen /none rb not found", "I/crypto no such file /none"],
        },
        new("15.9 two parts",
            "local h = crypto.hash_init('SHA256') crypto.hash_update(h, 'ab') crypto.hash_update(h, 'c') " +
            "show(crypto.hash_finish(h) == crypto.sha256('abc'))", "true"),
    ];

    private static ReferenceRow[] Sensors =>
    [
        new("16.1 no DS18B20", "show(sensor.ds18b20(2))", "-1,false") { Lines = ["I/sensor ds18b20 read fail"] },
        new("16.2 no DHT", "show(sensor.dht1x(2))", "0,0,false"),
    ];

    private static ReferenceRow Key(string id, string task, string expected) =>
        new(id, $"fskv.init() {task}", expected);
}
