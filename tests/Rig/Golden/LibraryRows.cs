using static AirHil.Rig.Tests.Golden.ReferenceRow;

namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// Rows P and X of reference-net §10: httpplus, libraries of the vendor, and errDump. The vendor's source is right
/// where it says something else than the row: the end of the connection wakes httpplus (P1, P4 to P7), and the code
/// -104 of a connect is lost (P3).
/// </summary>
internal static class LibraryRows
{
    private static readonly Rig.Service.Endpoint[] Web =
    [
        Table("http://web.test", "routes", "method path status body", "GET/%/200/fine"),
        Table("tcp://open.test:80", "answers", "to with",
            "GET*/HTTP%1.1 200 OK\\r\\nContent-Length: 4\\r\\n\\r\\nfine"),
        Table("tcp://empty.test:80", "answers", "to with then",
            "GET*/HTTP%1.1 200 OK\\r\\nX:\\r\\nContent-Length: 4\\r\\n\\r\\nfine/closes"),
        Table("tcp://bare.test:80", "answers", "to with then", "GET*/HTTP%1.1 200 OK\\r\\nA: b\\r\\n\\r\\nfine/closes"),
        Table("tcp://date.test:80", "answers", "to with then",
            "GET*/HTTP%1.1 200 OK\\r\\nDate: Tue, 01 Oct 2024 10:00:00 GMT\\r\\nContent-Length: 0\\r\\n\\r\\n/closes"),
    ];

    public static IEnumerable<ReferenceRow> All => [.. Plus, .. Updates, .. Libraries, .. ErrDump];

    private static ReferenceRow[] Plus =>
    [
        new("P1 an answer with a length", Ask("url = 'http://web.test/'"), "200,table,fine,160..400")
        {
            Services = Web, Library = "httpplus", Lines = ["I/user.httpplus\t等待服务器完成响应"],
        },
        new("P2 a closed port", Ask("url = 'http://web.test:82/', timeout = 30"), "-198,nil,nil,30000..31500")
        {
            Services = Web, Library = "httpplus", Seconds = 60,
            Lines =
            [
                .. Enumerable.Repeat("I/user.httpplus\t等待服务器完成响应", 30),
                "I/user.httpplus\t服务器已完成响应,开始解析响应", "W/user.httpplus\t没有检测到http响应头部,非法响应",
            ],
        },
        new("P3 a slow resolver", Ask("url = 'http://web.test/'"), "nil,nil,nil,5000..5020")
        {
            Services = Web, Library = "httpplus", Acts = ["5s silence dns"],
            Lines = ["W/user.httpplus\t建立连接超时了!!!"],
        },
        new("P4 a server that does not close", Ask("url = 'http://open.test/', timeout = 10"),
            "200,table,fine,9000..10500") { Services = Web, Library = "httpplus" },
        new("P5 a header with colons", Ask("url = 'http://date.test/'") + " show(resp.headers.Date)",
            "200,table,nil,160..400|Tue, 01 Oct 2024 10") { Services = Web, Library = "httpplus" },
        new("P6 a header without a value", Ask("url = 'http://empty.test/'"), "-199,nil,nil,160..400")
        {
            Services = Web, Library = "httpplus",
        },
        new("P7 a body without a length", Ask("url = 'http://bare.test/'"), "200,table,nil,160..400")
        {
            Services = Web, Library = "httpplus",
        },
        new("P8 a file that is not there", Ask("url = 'http://web.test/', method = 'POST', bodyfile = '/none'"),
            "-104,nil,nil,0..300") { Services = Web, Library = "httpplus" },
        new("P9 no URL", Ask("") + Ask("url = 'x'"), "-100,nil,nil,0..5|-100,nil,nil,0..5") { Library = "httpplus" },
    ];

    /// <summary>What libfota asks for; its own code only translates the result: 200 is 0, -5 is 3, -9 is 4.</summary>
    private static ReferenceRow[] Updates =>
    [
        new("X1 no update", "get('http://own.test/none', {fota = true})", "-9,table,4,0..400")
        {
            Services = Own, Lines = ["I/fota fota failed", "I/fota fota failed"],
        },
        new("X2 no network", "get('http://own.test:81/', {fota = true})", "-5,nil,nil,0..400")
        {
            Services = Own, Lines = ["E/http http_ctrl close 00000002 -1"],
        },
        new("X5 a good package of scripts", "get('http://own.test/good', {fota = true})", "200,table,95,0..400")
        {
            Services = Own,
            Lines = ["I/fota stript data md5 ok", "I/fota stript data md5 ok", "I/fota fota ok!, wait reboot"],
        },
        new("X6 a package that is none", "get('http://own.test/text', {fota = true})", "-9,table,0,0..400")
        {
            Services = Own, Lines = ["I/fota magic num error 78787878"],
        },
        new("X6 a package with another digest", "get('http://own.test/bad', {fota = true})", "-9,table,0,0..400")
        {
            Services = Own, Lines = ["I/fota stript data md5 check failed"],
        },
    ];

    /// <summary>A server of updates: of scripts alone, "new", as another program made them.</summary>
    private static Rig.Service.Endpoint[] Own =>
    [
        Table("http://own.test", "routes", "method path status body", "GET/%none/404/none",
            $"GET/%text/200/{new string('x', 200)}",
            $"GET/%good/200/{Update("4B95005C", "22AF645D1859CB5CA6DA0C484F1F37EA")}",
            $"GET/%bad/200/{Update("5DBB12D2", Repeated("78", 16))}"),
    ];

    private static ReferenceRow[] Libraries =>
    [
        new("X3 libfota without a key of the project",
            "begin() libfota.request(function(code) took(code) end)", "5,0..5")
        {
            Library = "libfota",
        },
        new("X4 libfota2 and an address with ###",
            "PRODUCT_KEY = 'key' begin() " +
            "libfota2.request(function(code) took(code) end, {url = '###http://own.test/'})",
            "1,0..300") { Library = "libfota2", Lines = ["I/http only http/https supported ###"] },
        new("X7 lbsLoc and a server that is silent",
            "PRODUCT_KEY = 'key' mobile.reqCellInfo(15) sys.waitUntil('CELL_INFO_UPDATE') begin() " +
            "lbsLoc.request(function(code) took(code) end)", "4,45000..47000")
        {
            Library = "lbsLoc", Services = [Does("udp://bs.openluat.com:12411=silent")], Seconds = 90,
        },
        new("X8 lbsLoc2",
            "mobile.reqCellInfo(15) sys.waitUntil('CELL_INFO_UPDATE') begin() took(lbsLoc2.request(5000))",
            "031.2425864,121.4589630,nil,215..235")
        {
            Library = "lbsLoc2",
            Services =
            [
                Table("udp://free.bs.air32.cn:12411", "answers", "to with", "*/\\x000!$\\x85F!A\\x85i\\x03"),
            ],
        },
        new("X9 udpsrv and a datagram",
            "sys.subscribe('mine', function(data, from, port) show(data, from, port) end) " +
            "server = udpsrv.create(777, 'mine') sys.wait(500) server:send('hello', '10.9.8.7', 7)",
            "hello,10.9.8.7,7") { Library = "udpsrv", Services = [Does("udp://10.9.8.7:7=echo")] },
    ];

    private static ReferenceRow[] ErrDump =>
    [
        new("X10 errDump sends once in each period",
            "errDump.config(true, 15) for i = 1, 2 do sys.wait(15000) errDump.record('mine') end", "")
        {
            Seconds = 45,
            Lines =
            [
                .. Enumerable.Repeat<string[]>(["D/DNS dev_msg1.openluat.com", "D/errDump errdump ok!"], 3)
                    .SelectMany(pair => pair),
            ],
        },
        new("X11 errDump without a slot",
            "all = {} for i = 1, 8 do all[i] = socket.create(nil, told) end errDump.config(true, 15)", "")
        {
            Seconds = 30,
            Lines =
            [
                "network_alloc_ctrl 1381:adapter no more ctrl!",
                "E/errDump no socket, errdump fail, after 15 second retry",
            ],
        },
    ];

    /// <summary>As a text with escapes.</summary>
    private static string Update(string sum, string digest) => string.Concat(
        ($"168CF1EA{sum}{Repeated("6D", 20)}01000000{Repeated("73", 20)}0300000000000000{digest}" +
            $"{Repeated("63", 16)}6E6577").Chunk(2).Select(digits => $"\\x{new string(digits)}"));

    private static string Repeated(string digits, int count) => string.Concat(Enumerable.Repeat(digits, count));

    private static string Ask(string options) =>
        $" begin() code, resp = httpplus.request({{{options}}}) " +
        "took(code, resp and type(resp.headers), resp and resp.body and resp.body:query()) ";
}
