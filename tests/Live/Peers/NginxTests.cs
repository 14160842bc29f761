using System.Security.Cryptography.X509Certificates;
using AirHil.Live.Tests.Network;

namespace AirHil.Live.Tests.Peers;

/// <summary>The module's HTTP client and nginx.</summary>
[Trait("Peer", "real")]
public sealed class NginxTests
{
    /// <summary>Requests of a script, and what it logs of the answers.</summary>
    private static readonly (string Request, string Answer)[] Plain =
    [
        ("'GET', 'http://server.test:PORT/plain'", "200\t60000\tnil"),
        ("'GET', 'http://server.test:PORT/small'", "200\t6\tsmall"),
        ("'GET', 'http://server.test:PORT/chunked'", "200\t12\thello of SSI"),
        ("'GET', 'http://server.test:PORT/moved'", "301\t"),
        ("'GET', 'http://server.test:PORT/none'", "404\t"),
        ("'GET', 'http://server.test:PORT/empty'", "204\t0\t"),
        ("'PUT', 'http://server.test:PORT/put/a', nil, string.rep('x', 9000)", "201\t0\t"),
        ("'GET', 'http://user:pass@server.test:PORT/secret'", "200\t6\tsmall"),
        ("'GET', 'http://server.test:PORT/small', {Range = 'bytes=1-2'}", "206\t2\tma"),
        ("'GET', 'http://server.test:PORT/small', {['Connection'] = 'close'}", "200\t6\tsmall"),
    ];

    private static readonly (string Request, string Answer)[] Secured =
    [
        ("'GET', 'https://server.test:PORT/small'", "200\t6\tsmall"),
        ("'GET', 'https://server.test:PORT/small', nil, nil, nil, ca", "200\t6\tsmall"),
        ("'GET', 'https://server.test:PORT/small', nil, nil, nil, ca:sub(1, 30)", "-5\t"),
    ];

    [Fact]
    public async Task Answers_are_read()
    {
        using var server = Server();
        await using var module = await LiveModule.Start(server.Port, Script(Plain));
        await module.Logs([.. Plain.Select(row => "I/user.got\t" + row.Answer)]);
    }

    [Fact]
    public async Task Over_TLS_the_module_checks_by_its_authority()
    {
        using var server = Server();
        await using var module = await LiveModule.Start(
            server.SecondPort,
            $"local ca = [[{LiveWorld.Lab.Value.Authority.ExportCertificatePem()}]]\n" + Script(Secured));
        await module.Logs([.. Secured.Select(row => "I/user.got\t" + row.Answer)]);
    }

    [Fact]
    public async Task A_download_goes_on_where_it_was_cut()
    {
        using var server = Server();
        await using var module = await LiveModule.Start(
            server.Port,
            """
                http.request("GET", "http://server.test:PORT/slow", nil, nil, {
                    dst = "/f.bin",
                    callback = function(length, got) if got > 5000 then log.info("got", "some") end end,
                }).cb(function(code, headers, body) log.info("got", code, body, io.fileSize("/f.bin")) end)
            """);
        await module.Logs("I/user.got\tsome");
        await module.LosesItsConnections();
        await module.Logs("E/http http_ctrl close", "I/user.got\t206\t60000\t60000");
    }

    private static string Script((string Request, string Answer)[] rows) => string.Concat(rows.Select(row =>
        $$"""
            do
                local code, headers, body = http.request({{row.Request}}).wait()
                body = body or ""
                log.info("got", code, #body, #body < 100 and body:match("^[^\n]*") or nil)
            end

        """));

    private static PeerProgram Server()
    {
        var server = new PeerProgram("nginx", "nginx-light");
        var certificate = LiveWorld.Lab.Value.For(FakeResolver.Known);
        using var key = certificate.GetRSAPrivateKey()!;
        server.Write("server.pem", certificate.ExportCertificatePem());
        server.Write("server.key", key.ExportPkcs8PrivateKeyPem());
        server.Write("www/plain", string.Concat(Enumerable.Repeat("0123456789", 6000)));
        server.Write("www/small", "small\n");
        server.Write("www/chunked", "hello of <!--# echo var=\"who\" -->");
        server.Write("www/put/keep", "");
        server.Write("users", "user:{PLAIN}pass\n");
        server.Start(server.Port, "-p", server.Folder, "-e", "stderr", "-c", server.Write(
            "nginx.conf",
            $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                server {
                    listen 127.0.0.1:{{server.Port}};
                    listen 127.0.0.1:{{server.SecondPort}} ssl;
                    ssl_certificate server.pem;
                    ssl_certificate_key server.key;
                    root www;
                    location = /chunked { ssi on; ssi_types *; set $who SSI; }
                    location = /moved { return 301 /plain; }
                    location = /empty { return 204; }
                    location = /slow { alias www/plain; limit_rate 20k; }
                    location = /secret { alias www/small; auth_basic "here"; auth_basic_user_file users; }
                    location /put/ { dav_methods PUT; client_max_body_size 1m; }
                }
            }
            """));
        return server;
    }
}
