using System.Globalization;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Ftp;
using AirHil.Rig.Service.Machine;

namespace AirHil.Rig.Tests.Service.Ftp;

public sealed class FtpSessionTests
{
    private const string Host = "f.test";
    private ServiceWorld _world = new("ftp://f.test=server");

    private static ServiceWorld With(params (string Noun, string[] Columns, string[] Cells)[] tables)
    {
        var url = ServiceUrl.Parse("ftp://f.test");
        Endpoint? endpoint = null;
        foreach (var (noun, columns, cells) in tables)
        {
            endpoint = EndpointText.Parse(
                url, endpoint, new ServiceTable(noun, columns, [.. cells.Chunk(columns.Length)]));
        }

        return new ServiceWorld([endpoint!]);
    }

    /// <summary>Sends lines and gives the replies' codes, parted by spaces.</summary>
    private string Ask(int control, params string[] lines)
    {
        _world.Taken(control);
        foreach (var line in lines) _world.Send(control, line + "\r\n");
        return string.Join(
            ' ', _world.Text(control).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l[..3]));
    }

    private int LogIn()
    {
        var control = _world.Connect(Host, 21);
        Ask(control, "USER a", "PASS b").ShouldBe("331 230");
        return control;
    }

    private int Data(int control, string command = "PASV")
    {
        _world.Taken(control);
        _world.Send(control, command + "\r\n");
        var reply = _world.Text(control);
        var numbers = reply[(reply.IndexOf('(', StringComparison.Ordinal) + 1)..]
            .Split([',', ')', '|', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var port = command == "EPSV" ? numbers[0] : (numbers[4] * 256) + numbers[5];
        return _world.Connect(Host, port);
    }

    [Fact]
    public void The_server_speaks_first_and_asks_for_a_login()
    {
        var control = _world.Connect(Host, 21);
        _world.Text(control).ShouldStartWith("220 ");
        Ask(control, "PWD", "PASS x", "USER a", "PASS x", "PWD").ShouldBe("530 530 331 230 257");
        Ask(control, "QUIT").ShouldBe("221");
        _world.Ended[control].ShouldBe("fin");
    }

    [Theory]
    [InlineData("USER a|PASS b", "331 230")]
    [InlineData("USER a|PASS no", "331 530")]
    [InlineData("USER no|PASS b", "530 530")]
    public void Named_users_alone_come_in(string lines, string replies)
    {
        _world = With(("users", ["user", "password"], ["a", "b"]));
        Ask(_world.Connect(Host, 21), ["NOOP", .. lines.Split('|')]).ShouldBe("530 " + replies);
    }

    [Fact]
    public void Folders_are_made_entered_and_removed()
    {
        var control = LogIn();
        Ask(control, "MKD a", "MKD a", "CWD a", "MKD b", "CDUP", "RMD a", "RMD /a/b", "CWD ..", "RMD a", "CWD a")
            .ShouldBe("257 550 250 257 250 550 250 250 250 550");
        Ask(control, "SYST", "TYPE I", "noop", "SIZE x", "DELE x", "PORT 1,2,3,4,5,6", "FEAT")
            .ShouldBe("215 200 200 550 550 502 502");
    }

    [Theory]
    [InlineData("PASV")]
    [InlineData("EPSV")]
    public void A_file_goes_there_and_back(string passive)
    {
        var control = LogIn();
        var data = Data(control, passive);
        Ask(control, "STOR a.txt").ShouldBe("150");
        _world.Send(data, "hel");
        _world.Send(data, "lo");
        _world.Close(data);
        _world.Run(0.1);
        Ask(control, "SIZE a.txt").ShouldBe("213");
        data = Data(control, passive);
        Ask(control, "RETR a.txt").ShouldBe("150 226");
        _world.Text(data).ShouldBe("hello");
        _world.Ended[data].ShouldBe("fin");
        data = Data(control, passive);
        Ask(control, "LIST").ShouldBe("150 226");
        _world.Text(data).ShouldContain("ftp             5 Oct 12 13:29 a.txt\r\n");
        data = Data(control, passive);
        Ask(control, "NLST", "DELE a.txt").ShouldBe("150 226 250");
        _world.Text(data).ShouldBe("a.txt\r\n");
        _world.Session.OfType<FtpStored>().Single().Path.ShouldBe("/a.txt");
        _world.Session.OfType<FtpSent>().First().Bytes.Length.ShouldBe(5);
    }

    [Fact]
    public void The_data_may_come_before_its_command_and_end_before_it()
    {
        var control = LogIn();
        var data = Data(control);
        _world.Send(data, "early");
        _world.Close(data);
        Ask(control, "STOR /a").ShouldBe("150 226");
        _world.Session.OfType<FtpStored>().Single().Bytes.ToArray().ShouldBe("early"u8.ToArray());
    }

    [Fact]
    public void Two_clients_do_not_mix_their_transfers()
    {
        _world = With(("files", ["path", "body"], ["/1", "one", "/2", "two"]));
        var (first, second) = (LogIn(), LogIn());
        var (a, b) = (Data(first), Data(second));
        Ask(second, "RETR 2").ShouldBe("150 226");
        Ask(first, "RETR 1").ShouldBe("150 226");
        (_world.Text(a) + _world.Text(b)).ShouldBe("onetwo");
    }

    [Fact]
    public void A_transfer_without_a_data_connection_is_refused()
    {
        var control = LogIn();
        Ask(control, "RETR x").ShouldBe("425");
        Ask(control, "PASV", "STOR x").ShouldBe("227 150");
        _world.Run(61);
        _world.Text(control).ShouldContain("425 ");
        var data = _world.Connect(Host, FtpSite.FirstDataPort + 1);
        _world.Ended[data].ShouldBe("fin");
    }

    [Fact]
    public void A_refused_transfer_ends_its_data_connection()
    {
        var control = LogIn();
        foreach (var (command, code) in new[] { ("RETR x", "550"), ("STOR /no/x", "553"), ("LIST no", "550") })
        {
            var data = Data(control);
            Ask(control, command).ShouldBe(code);
            _world.Ended[data].ShouldBe("reset");
        }
    }

    [Fact]
    public void A_client_that_resets_its_upload_stores_nothing()
    {
        var control = LogIn();
        var data = Data(control);
        Ask(control, "STOR x").ShouldBe("150");
        _world.Send(data, "half");
        _world.Close(data, reset: true);
        _world.Run(0.1);
        _world.Text(control).ShouldContain("426 ");
        Ask(control, "SIZE x").ShouldBe("550");
    }

    [Fact]
    public void Files_go_out_slowly_or_are_cut()
    {
        _world = With(("files", ["path", "bytes", "speed", "cut"], ["/slow", "1000", "500", "", "/cut", "9", "", "4"]));
        var control = LogIn();
        var data = Data(control);
        Ask(control, "RETR slow").ShouldBe("150");
        _world.Run(1);
        _world.Text(data).Length.ShouldBeInRange(450, 550);
        _world.Run(1.2);
        _world.Text(data).Length.ShouldBe(1000);
        _world.Text(control).ShouldContain("226 ");
        data = Data(control);
        Ask(control, "RETR cut").ShouldBe("150 426");
        _world.Text(data).ShouldBe("0000");
        _world.Ended[data].ShouldBe("reset");
    }

    [Fact]
    public void A_fault_cuts_or_withholds_transfers()
    {
        _world = With(("files", ["path", "body"], ["/a", "12345678"]));
        var control = LogIn();
        var data = Data(control);
        _world.Do(new ServiceInput.Begin(new CutBodies()));
        Ask(control, "RETR a").ShouldBe("150 426");
        _world.Text(data).ShouldBe("1234");
        _world.Do(new ServiceInput.Begin(new FallSilent()));
        Ask(control, "NOOP").ShouldBe("");
        _world.Kinds.ShouldContain("service.withheld");
    }

    [Fact]
    public void Rules_answer_instead_for_as_often_as_they_say()
    {
        _world = With(("replies", ["to", "with", "times", "then"],
            ["", "421 busy", "1", "closes", "NOOP", "500 no", "1", "", "PWD", "", "1", "", "SYST", "", "", "resets"]));
        var first = _world.Connect(Host, 21);
        _world.Text(first).ShouldBe("421 busy\r\n");
        _world.Ended[first].ShouldBe("fin");
        var control = LogIn();
        Ask(control, "NOOP", "NOOP", "PWD", "PWD").ShouldBe("500 200 257");
        Ask(control, "SYST").ShouldBe("");
        _world.Ended[control].ShouldBe("reset");
    }

    [Fact]
    public void An_idle_session_ends()
    {
        var control = LogIn();
        _world.Run(299);
        _world.Ended.ShouldBeEmpty();
        _world.Run(2);
        _world.Text(control).ShouldContain("421 ");
        _world.Ended[control].ShouldBe("fin");
    }

    [Fact]
    public void A_line_without_an_end_and_a_silent_server_are_survived()
    {
        var control = LogIn();
        Ask(control, new string('x', 2000)).ShouldBe("502");
        _world.Send(control, new string('x', 2000));
        _world.Run(0.1);
        _world.Ended[control].ShouldBe("fin");
        _world = new ServiceWorld("ftp://f.test=silent");
        control = _world.Connect(Host, 21);
        Ask(control, "USER a").ShouldBe("");
    }

    [Fact]
    public void Uploads_are_bounded()
    {
        var control = LogIn();
        var data = Data(control);
        Ask(control, "STOR x").ShouldBe("150");
        for (var i = 0; i < 17; i++) _world.Send(data, new byte[1 << 20]);
        _world.Run(0.1);
        _world.Ended[data].ShouldBe("reset");
        _world.Text(control).ShouldContain("426 ");
    }

    [Fact]
    public void A_server_may_take_its_time_for_what_it_does_usually()
    {
        _world = With(("replies", ["to", "with", "delay", "times"],
            ["", "usual", "500 ms", "", "MKD", "usual", "2 s", "1"]));
        var control = _world.Connect(Host, 21);
        _world.Run(0.4);
        _world.Text(control).ShouldBe("");
        _world.Run(0.2);
        _world.Text(control).ShouldBe("220 ready\r\n");
        Ask(control, "USER a", "PASS b").ShouldBe("331 230");
        Ask(control, "MKD a").ShouldBe("");
        _world.Run(2);
        _world.Text(control).ShouldEndWith("257 \"/a\" made\r\n");
        Ask(control, "CWD a").ShouldBe("250");
    }

    [Fact]
    public void A_host_listens_for_its_transfers_once()
    {
        _world = new ServiceWorld("ftp://f.test=server", "ftp://f.test:2121=server", "tcp://f.test:19001=echo");
        _world.Places.Select(p => p.Port).ShouldBe([21, 19_000, 19_001, 19_002, 19_003, 2121]);
        _world.Send(_world.Connect(Host, 19_001), "x");
    }

    [Fact]
    public void Files_without_room_are_a_mistake_of_the_table()
    {
        string[][] rows = [.. Enumerable.Range(0, 17).Select(i => new[] { $"/{i}", "1000000" })];
        Should.Throw<FormatException>(() => With(("files", ["path", "bytes"], [.. rows.SelectMany(r => r)])))
            .Message.ShouldContain("there is no room for /16; an FTP server holds 16777216 bytes and 10000 files");
        string[] many = [.. Enumerable.Range(0, 10_000).Select(i => $"/{i}")];
        Should.Throw<FormatException>(() => With(("files", ["path"], many)))
            .Message.ShouldContain("there is no room for /9999;");
        string[] deep = [string.Concat(Enumerable.Repeat("/a", 2049))];
        Should.Throw<FormatException>(() => With(("files", ["path"], deep)))
            .Message.ShouldContain("a path has 4098 characters, more than 4096");
    }

    [Theory]
    [InlineData("files", "path", "a.txt", "a path such as")]
    [InlineData("replies", "to", "X", "no column 'with'")]
    [InlineData("routes", "path", "/", "users, files, replies")]
    public void A_mistake_in_a_table_is_shown(string noun, string column, string cell, string message) =>
        Should.Throw<FormatException>(() => With((noun, [column], [cell]))).Message.ShouldContain(message);
}
