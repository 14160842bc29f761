namespace AirHil.Rig.Tests.Golden;

/// <summary>Sections 10, 11 and 12 of the hardware reference: mobile, sms and libgnss.</summary>
internal static class RadioRows
{
    private const string Fix = "$GNRMC,060258.000,A,2324.06700,N,11313.96430,E,0.15,123.4,100924,,,A\\r\\n";
    private const string Lost = "$GNRMC,060300.000,V,,,,,,,100924,,,N\\r\\n";

    private const string Topics =
        "for _, t in ipairs({'SIM_IND', 'IP_READY', 'IP_LOSE', 'CELL_INFO_UPDATE', 'GNSS_STATE'}) do " +
        "sys.subscribe(t, function(a) show(t, a) end) end ";

    private const string Inbox =
        "sms.setNewSmsCb(function(p, t, m) show('callback', p, t, m.refNum, m.seqNum, m.maxNum) end) " +
        "sys.subscribe('SMS_INC', function(p, t) show('topic', p, t) end) ";

    public static IEnumerable<ReferenceRow> All =>
        from row in (ReferenceRow[])[.. Early, .. Registered, .. Messages, .. Satellites]
        select row with { IsBare = true };

    private static ReferenceRow[] Early =>
    [
        new("10.1 the card is read after the start",
            "show(mobile.imsi()) sys.wait(2000) show(#mobile.imsi())", "nil|15") { IsEarly = true },
        new("10.2 no card",
            Topics + "sys.wait(10000) show(mobile.simPin(), mobile.imsi(), mobile.iccid(), #mobile.imei()) " +
            "show(mobile.status())", "SIM_IND,NORDY|false,nil,nil,15|0..2")
        {
            IsEarly = true, Acts = ["0s sim out"],
        },
        new("10.3 a card with a PIN",
            Topics + "sys.wait(5000) show(mobile.simPin(0, mobile.PIN_VERIFY, '1234'))",
            "SIM_IND,SIM_PIN|true|SIM_IND,RDY|SIM_IND,GET_NUMBER|IP_READY,*")
        {
            IsEarly = true, Acts = ["0s sim in pin 1234"],
        },
        new("10.7 registration is denied", Topics + "sys.wait(20000) show(mobile.status())",
            "SIM_IND,RDY|SIM_IND,GET_NUMBER|3") { IsEarly = true, Acts = ["0s deny registration with 15"] },
        new("10.11 no time of the network", "mobile.syncTime(false) sys.wait(20000) show(os.date('%Y'))", "2000")
        {
            IsEarly = true, Missing = ["D/mobile TIME_SYNC"],
        },
        new("10.12 an access point has a user", "show(fails(function() mobile.apn(0, 1, 'cmiot') end))",
            "bad argument #4 to 'apn' (string expected, got no value)") { IsEarly = true },
    ];

    private static ReferenceRow[] Registered =>
    [
        new("10.4 flight mode tells its opposite",
            Topics + "show(mobile.flymode(0, true)) sys.wait(3000) show(mobile.flymode()) " +
            "show(mobile.flymode(0, false))",
            "true|IP_LOSE,1|false|false|SIM_IND,RDY|SIM_IND,GET_NUMBER|IP_READY,*"),
        new("10.5 no search was asked for",
            "show(#mobile.getCellInfo()) show(fails(function() return mobile.getCellInfo()[1].pci end))",
            "0|attempt to index a nil value (field '?')") { Lines = ["W/mobile 请先调用 mobile.reqCellInfo()!!"] },
        new("10.6 a search", Topics + "mobile.reqCellInfo(1) sys.wait(20000) show(#mobile.getCellInfo())",
            "CELL_INFO_UPDATE,nil|1..9"),
        new("10.8 the signal is lost", "sys.wait(10000) show(mobile.rsrp(), mobile.csq())", "-999,0")
        {
            Acts = ["6s drop coverage"], Seconds = 40,
        },
        new("10.9 the stack starts again", Topics + "mobile.reset()",
            "IP_LOSE,1|SIM_IND,RDY|SIM_IND,GET_NUMBER|IP_READY,*"),
        new("10.10 no network card by USB", "show(mobile.config(mobile.CONF_USB_ETHERNET, 3))", "false"),
    ];

    private static ReferenceRow[] Messages =>
    [
        new("11.1 ASCII", "show(sms.send('+8613800000000', 'hi'))", "true")
        {
            Lines = ["D/sms phone [13800000000]", "D/sms sms ret 0"],
        },
        new("11.2 Chinese", "show(sms.send('13800000000', '你好'))", "true")
        {
            Lines = ["D/sms phone [8613800000000]", "D/sms PDU "],
        },
        new("11.3 141 bytes", "count(sms.send('13800000000', ('x'):rep(141)))", "0")
        {
            Lines = ["I/sms sms is too long 141"],
        },
        new("11.4 a short number with a 6 behind a country", "show(sms.send('10086', '余额'))", "true")
        {
            Lines = ["D/sms phone [8610086]"],
        },
        new("11.5 nobody and nothing", "count(sms.send('', 'x')) count(sms.send('123', ''))", "0|0")
        {
            Lines = ["I/sms phone is too short or too long!! 0", "I/sms sms is emtry"],
        },
        new("11.6 the callback comes first", Inbox, "callback,10086,hello,0,0,0|topic,10086,hello")
        {
            Acts = ["8s sms '10086' 'hello'"],
        },
        new("11.7 two parts", Inbox, "callback,10086,hello,17,1,2|topic,10086,hello")
        {
            Acts = ["8s sms '10086' 'lo' part 2 of 2 ref 17", "9s sms '10086' 'hel' part 1 of 2 ref 17"],
        },
        new("11.8 a part that comes twice", Inbox + "sys.wait(10000) show(sms.clearLong())", "3")
        {
            Acts =
            [
                "8s sms '10086' 'a' part 1 of 2 ref 17", "9s sms '10086' 'a' part 1 of 2 ref 17",
                "10s sms '10086' 'b' part 2 of 2 ref 17",
            ],
        },
        new("11.9 parts that are not put together", "sms.autoLong(false) " + Inbox,
            "callback,10086,a,17,1,2|topic,10086,a|callback,10086,b,17,2,2|topic,10086,b")
        {
            Acts = ["8s sms '10086' 'a' part 1 of 2 ref 17", "9s sms '10086' 'b' part 2 of 2 ref 17"],
        },
        new("11.10 the network refuses it", "sys.wait(5000) show(sms.send('13800000000', 'hi'))", "true")
        {
            Acts = ["1s refuse sms with 38"], Lines = ["luat_sms_def_send_cb 49:[DIO 49]: send message: ["],
        },
        new("11.11 no registration", "show(type(sms.send('13800000000', 'hi'))) show('on')", "boolean|on")
        {
            IsEarly = true, Acts = ["0s drop coverage"],
        },
    ];

    private static ReferenceRow[] Satellites =>
    [
        new("12.1 a position comes",
            Topics + "uart.setup(2, 9600) libgnss.bind(2) sys.wait(6000) show(libgnss.isFix()) sys.wait(2000) " +
            "show(libgnss.isFix())", "SIM_IND,RDY|SIM_IND,GET_NUMBER|IP_READY,*|false|GNSS_STATE,FIXED|true")
        {
            IsEarly = true, Acts = [$"5s uart 2 '{Lost}'", $"7s uart 2 '{Fix}'"], Lines = ["I/gnss Fixed "],
        },
        Parse("12.2 degrees", "show(libgnss.getRmc(2).lat, libgnss.getRmc(2).lng)", "23.40112,113.2327"),
        Parse("12.3 ten millionths", "show(libgnss.getRmc(1).lat, libgnss.getRmc(1).lng)",
            "234011166,1132327300..1132327500"),
        Parse("12.4 digits without the point", "show(libgnss.getIntLocation())", "232406700,1131396430,277"),
        Parse("12.5 a wrong checksum",
            "libgnss.parse('$GNRMC,060300.000,V,,,,,,,100924,,,N*00\\r\\n') show(libgnss.isFix())", "true"),
        Parse("12.6 the position goes",
            $"sys.subscribe('GNSS_STATE', show) libgnss.parse('{Lost}') show(libgnss.getRmc().lat) sys.wait(100)",
            "0|FIXED,*|LOSE,*") with { Lines = ["I/gnss Lose"] },
        Parse("12.7 silence", "sys.wait(60000) show(libgnss.isFix())", "true") with { Seconds = 90 },
        new("12.8 two pieces",
            $"local s = '{Fix}' libgnss.parse(s:sub(1, 20)) libgnss.parse(s:sub(21)) show(libgnss.isFix())", "true")
        {
            IsEarly = true,
        },
        new("12.9 the script reads the port, too",
            "uart.setup(2, 9600) uart.on(2, 'receive', function(id, n) show(#uart.read(id, 1024) > 0) end) " +
            "libgnss.bind(2) sys.wait(3000) show(libgnss.isFix())", "true|false")
        {
            IsEarly = true, Acts = [$"2s uart 2 '{Fix}'"],
        },
        new("12.10 south and west",
            "libgnss.parse('$GNRMC,060258.000,A,2324.06700,S,11313.96430,W,0.15,123.4,100924,,,A\\r\\n') " +
            "for mode = 0, 2, 2 do show(libgnss.getRmc(mode).lat, libgnss.getRmc(mode).lng) end",
            "-2324.067,-11313.96|-23.40112,-113.2327") { IsEarly = true },
        new("12.11 no GGA came", "show(fails(function() return libgnss.getGga().altitude end))",
            "attempt to index a nil value") { IsEarly = true },
    ];

    private static ReferenceRow Parse(string id, string task, string expected) =>
        new(id, $"libgnss.parse('{Fix}') {task}", expected) { IsEarly = true };
}
