using System.Text;

using AirHil.Modem;

namespace AirHil.VirtualModem.Tests.Fuzz;

/// <summary>Scripts that make the module hold or print as much as they can, without an end.</summary>
internal sealed class HoardingScripts(SplitMix64 random)
{
    private const string Prelude =
        """
        local big, long, q, n = ('x'):rep(30000), ('a,b '):rep(1000), {}, 0
        local z = zbuff.create(30000, 7)
        z:seek(30000)
        local sys = require('sys')
        local function f(...) return ... end
        local function panel()
            if not lcd.getDefault() then spi.setup(0, 8) lcd.init('st7735', {port = 0}) end
        end
        local function oled()
            if not u8g2.GetDisplayWidth() then u8g2.begin({ic = 'ssd1306', mode = 'i2c_hw', i2c_id = 0}) end
        end

        """;

    private static readonly string[] Speeds = ["600", "9600", "115200", "921600", "6000000"];

    private static readonly string[] Acts =
    [
        "uart.write(1, big)", "uart.write(2, 'x')", "uart.write(uart.VUART_0, big)", "uart.tx(1, z, 0, 30000)",
        "q[#q + 1] = big .. n", "q[n] = {n}", "q = {}", "q[#q + 1] = zbuff.create(5000)", "z:resize(n * 100)",
        "load(function() return big end)", "load(function() return ' ' end)", "load(function() return 'x = 1 ' end)",
        "load(function() return '--' end)", "load(function() return 'x' end)", "load(big .. ' = ' .. big)",
        "load('local x = ' .. ('{'):rep(n % 250))", "load(('x = 1 '):rep(n % 4000))",
        "sys.publish('topic', big)", "sys.timerStart(f, 1, big)", "sys.timerLoopStart(f, 1)",
        "rtos.timer_start(n, 1, -1)",
        "sys.taskInit(function() sys.wait(1000) q[#q + 1] = big end)", "rtos.receive(1)", "sys.subscribe('topic', f)",
        "print(big)", "print(n)", "log.info(big, big)", "log.info('n', n)", "error(big)", "error({big})",
        "big:rep(7)", "big:gsub('x', long)", "long:gsub('.', '%0%0%0')", "big:upper()", "big:reverse()", "big:toHex()",
        "big:toBase64()", "long:split(',')", "long:urlEncode()", "big:byte(1, 5000)", "string.char(long:byte(1, 200))",
        "string.format('%s%s', big, big)", "string.format('%99.99f', 1e30)", "table.concat({big, big, big})",
        "table.unpack({}, 1, n % 100000)", "big:find('(x-)(x-)y')", "string.pack('s', big)", "pack.pack('A', big)",
        "json.encode({big, q})", "json.decode('[' .. ('1,'):rep(n % 3000) .. '1]')", "crypto.md5(big)",
        "crypto.cipher_encrypt('AES-128-CBC', 'PKCS7', big, '1234567890123456', '1234567890123456')",
        "io.writeFile('/f' .. n, big)", "io.writeFile('/ram/f' .. n, big)", "io.open('/f' .. n, 'w+')",
        "io.readFile('/f1')", "fskv.set('k' .. n, long)", "q[#q + 1] = io.open('/a', 'a+')", "io.lsdir('/', 50, 0)",
        "websocket.create(nil, 'ws://echo.airtun.air32.cn/ws')", "socket.create(nil, f)", "rtos.meminfo('sys')",
        "coroutine.wrap(function() coroutine.yield(big) end)()", "q[#q + 1] = coroutine.create(f)",
        "setmetatable({}, {__gc = function() q[#q + 1] = big end})", "setmetatable({}, {__mode = 'k'})[{}] = big",
        "collectgarbage()", "collectgarbage('stop')", "collectgarbage('step', 100)", "debug.traceback(big)",
        "lcd.init(big)", "camera.start(n)",
        "panel() lcd.fill(0, 0, 240, 320, n)", "panel() lcd.draw(0, 0, 239, 319, big)", "panel() lcd.setupBuff()",
        "panel() lcd.drawStr(0, 20, big)", "panel() lcd.setupBuff(nil, true) lcd.setDefault(nil)",
        "oled() u8g2.DrawUTF8(big, 0, 20) u8g2.SendBuffer()", "oled() u8g2.close()",
        "q[#q + 1] = uart.createSoft(17, 0, 1, 2)", "uart.write(uart.createSoft(17, 0, 1, 2), big)",
        "fatfs.mount(fatfs.RAM, '/f', 1000 * n)", "fatfs.mount(fatfs.SPI, '/f' .. n) io.open('/f' .. n .. '/a')",
        "w5500.init(0, 1000, 8, 18, 1) w5500.bind(5) q[#q + 1] = socket.create(5, f)",
        "select('#', table.unpack(q))", "table.sort(q, f)", "tostring(q)",
        "z:copy(0, z)", "z:del(1, 1)", "z:toStr()", "z:set(0, 1)", "z:isEqual(0, z, 0, 30000)", "z:query()",
        "http.request('GET', 'http://a.test/')", "http.request('POST', 'http://a.test/', {}, big)",
        "http.request('GET', 'http://a.test/', {k = big}, nil, {dst = '/d', timeout = 1})",
        "local c = mqtt.create(nil, 'a.test', 1883) c:auth('i') c:autoreconn(true, 1) c:connect()",
        "local c = mqtt.create(nil, 'a.test', 1883) c:will('t', long) c:subscribe('t') c:publish('t', big)",
        "socket.connect(socket.create(nil, f), 'a.test', 7)", "socket.tx(socket.create(nil, f), big)",
        "socket.sntp({'a.test', 'b.test'})", "ftp.login(nil, 'a.test', 21, 'u', 'p')", "ftp.command(long)",
        "gpio.setup(n % 40, f, gpio.PULLUP)", "gpio.pulse(9, 0xAA, 8, 65535)", "gpio.toggle(9)", "gpio.set(n, 1)",
        "pwm.open(n % 5, 13000000, 50, n)", "pwm.capture(2, 1000)", "adc.open(0) adc.get(0) adc.close(0)",
        "iotauth.aliyun('p', 'd', big)", "iotauth.tuya('d', big)", "crypto.cipher_list()", "crypto.cipher_suites()",
        "crypto.hash_update(crypto.hash_init('SHA512'), big)", "crypto.trng(n % 60000)", "crypto.checksum(big)",
        "crypto.totp('VK54ZXPO74ISEM2E', n)", "crypto.md_file('MD5', '/f1')", "big:toBase32()", "big:fromBase64()",
        "mobile.reqCellInfo(1)", "mobile.getCellInfo()", "mobile.flymode(0, n % 2 == 0)", "errDump.record(big)",
        "fskv.iter()", "json.decode(json.encode(q))", "pm.dtimerStart(n % 7, n)", "rtc.set({year = n})",
        "f(f, f(n))", "local function r() return r() + 1 end r()", "local s = big for i = 1, 5 do s = s .. i end",
    ];

    public string Next()
    {
        var text = new StringBuilder(Prelude);
        foreach (var port in (string[])["1", "2", "uart.VUART_0"])
        {
            text.Append("uart.setup(" + port + ", " + Speeds[random.Below(Speeds.Length)] + ")\n");
        }

        text.Append("while true do n = n + 1\n");
        for (var count = 1 + random.Below(4); count > 0; count--)
        {
            text.Append("  pcall(function() " + Acts[random.Below(Acts.Length)] + " end)\n");
        }

        return text.Append("end\n").ToString();
    }

    /// <summary>One script for each act alone, so that none is left to chance.</summary>
    public static IEnumerable<string> Alone() => Acts.Select(act =>
        $"{Prelude}uart.setup(1, 9600) uart.setup(2, 9600) uart.setup(uart.VUART_0)\n" +
        $"while true do n = n + 1\n  pcall(function() {act} end)\nend\n");
}
