using System.Text;
using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Ftp;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Sessions;

public sealed class SecretMaskTests
{
    private const string Imei = "867713079999123";
    private const string Iccid = "89860123456789012345";
    private const string Token = "s3cr3t-Token_99";

    private const string Script =
        $$"""
        _G.sys = require("sys")
        sys.taskInit(function()
          log.info("ids", "{{Imei}}", "{{Iccid}}", "1234567890123456")
          uart.setup(1, 115200)
          uart.write(1, "imei={{Imei}}\r\n")
          sys.waitUntil("IP_READY")
          local wsc = websocket.create(nil, "ws://echo.airtun.air32.cn/ws/echo2")
          wsc:headers("Authorization: Bearer {{Token}}\r\nX-Api-Key: abcdef123\r\n")
          wsc:on(function(client, event, data)
            log.info("wsc", event, data)
            if event == "conack" then client:send("id {{Imei}} and {{Token}}") end
          end)
          wsc:connect()
        end)
        sys.run()

        """;

    [Fact]
    public async Task Secrets_are_nowhere_in_a_masked_file_and_everything_else_is()
    {
        using var file = new TempFile();
        var text = await Record(file.Path, new MaskOptions("key"u8.ToArray()));
        text.ShouldContain(Script.Split('\n')[0].Replace("\"", "\\\""));
        foreach (var secret in (string[])[Imei, Iccid, Token, "abcdef123"]) text.ShouldNotContain(secret);
        text.ShouldContain("1234567890123456");
        text.ShouldContain("Authorization: Bearer ");
        using var reader = SessionReader.Open(file.Path);
        foreach (var e in reader.ReadEvents())
        {
            // As it crossed, and with a client's payload unmasked.
            Plain(e).ShouldNotContain(Imei);
            Plain(e).ShouldNotContain(Token);
        }

        reader.Header.Masked.ShouldBeTrue();
        reader.End!.Masked.ShouldBeGreaterThan(5);
        reader.Repairs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_value_has_one_pseudonym_of_its_length_wherever_it_stands()
    {
        using var file = new TempFile();
        await Record(file.Path, new MaskOptions("key"u8.ToArray()));
        var events = RecordedRuns.Read(file.Path);
        var uart = Plain(events.First(e => e.Kind == "uart1.tx" && Plain(e).Contains("imei=")));
        var imei = uart.Split("imei=")[1].Trim();
        imei.Length.ShouldBe(15);
        imei.ShouldAllBe(c => char.IsAsciiDigit(c));
        imei.ShouldNotBe(Imei);
        events.Count(e => Plain(e).Contains(imei)).ShouldBeGreaterThan(3);
        var upgrade = Plain(events.First(e => e.Kind == "ws.upgrade"));
        var token = upgrade.Split("Bearer ")[1].Split("\r\n")[0];
        token.Length.ShouldBe(Token.Length);
        events.Count(e => e.Kind == "ws.text.in" && Plain(e).Contains(token)).ShouldBe(1);
        events.Count(e => e.Kind == "tcp.tx" && Plain(e).Contains(token)).ShouldBe(2);
    }

    [Theory]
    [InlineData("867713070940606")]
    [InlineData("490154203237518")]
    [InlineData("356938035643809")]
    public void The_pseudonym_of_an_imei_is_an_imei(string imei)
    {
        using var mask = new SecretMask(new MaskOptions("key"u8.ToArray()));
        var act = ActPhrase.Parse(mask.Mask($"module imei {imei}"));
        act.ShouldBeOfType<LabelModule>().Label.Value.ShouldNotBe(imei);
    }

    [Fact]
    public async Task Another_key_gives_other_pseudonyms_and_no_key_changes_nothing()
    {
        using var file = new TempFile();
        var one = await Record(file.Path, new MaskOptions("one"u8.ToArray()));
        var other = await Record(file.Path, new MaskOptions("two"u8.ToArray()));
        var same = await Record(file.Path, new MaskOptions("one"u8.ToArray()));
        one.ShouldBe(same);
        one.ShouldNotBe(other);
        (await Record(file.Path, null)).ShouldContain(Token);
        MaskOptions.WithFreshKey().Key.ToArray().ShouldNotBe(MaskOptions.WithFreshKey().Key.ToArray());
    }

    [Theory]
    [InlineData("PASS hunter22\r\n", true)]
    [InlineData("331 ok\r\nPASS hunter22\r\n", true)]
    [InlineData("D/ftp luat_ftp_cmd_send data:PASS hunter22", true)]
    [InlineData("ftp.login(nil, 'h', 21, \"user\", 'hunter22').wait()", true)]
    [InlineData("ftp.login( nil , HOST , PORT , name(), [[hunter22]])", false)]
    [InlineData("COMPASS hunter22", false)]
    [InlineData("pass hunter22", false)]
    [InlineData("PASS abc", false)]
    public void A_password_of_ftp_is_replaced_and_from_then_on_everywhere(string text, bool isFound)
    {
        using var mask = new SecretMask(new MaskOptions("k"u8.ToArray()));
        var masked = mask.Mask(text);
        masked.Contains("hunter22", StringComparison.Ordinal).ShouldBe(!isFound && text.Contains("hunter22"));
        masked.Length.ShouldBe(text.Length);
        mask.Mask("it is hunter22").Contains("hunter22", StringComparison.Ordinal).ShouldBe(!isFound);
    }

    [Theory]
    [InlineData("a-", "")]
    [InlineData(" ", "token=")]
    [InlineData("token ", "")]
    public void Long_texts_cost_no_more_than_their_length(string piece, string start)
    {
        using var mask = new SecretMask(new MaskOptions("k"u8.ToArray()));
        var text = start + string.Concat(Enumerable.Repeat(piece, 300_000));
        var before = LongRun.Worked;
        mask.Mask(text).ShouldBe(text);
        (LongRun.Worked - before).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_users_of_an_ftp_server_keep_their_names_alone()
    {
        using var mask = new SecretMask(new MaskOptions("k"u8.ToArray()));
        var server = new FtpServer { Users = [new FtpUser("me", "hunter22"), new FtpUser("you", "abc")] };
        var note = (SessionNote.EndpointOpened)mask.Apply(
            new SessionNote.EndpointOpened(1, default, 1, new Endpoint(ServiceUrl.Parse("ftp://a.test"), server)));
        var users = ((FtpServer)note.Endpoint.Behavior).Users;
        users.Select(user => user.Name).ShouldBe(["me", "you"]);
        users[0].Password.ShouldNotBe("hunter22");
        users[1].Password.ShouldBe("abc");
        mask.Mask("PASS hunter22").ShouldBe("PASS " + users[0].Password);
    }

    /// <summary>A frame that comes in pieces is masked across them.</summary>
    [Fact]
    public void A_frame_in_pieces_is_looked_into()
    {
        var payload = Encoding.ASCII.GetBytes($"........{Imei}........");
        byte[] key = [9, 8, 7, 6];
        for (var i = 0; i < payload.Length; i++) payload[i] ^= key[i & 3];
        byte[] frame = [0x81, (byte)(0x80 | payload.Length), .. key, .. payload];
        using var mask = new SecretMask(new MaskOptions("k"u8.ToArray()));
        var head = mask.Mask(Chunk(frame[..10])).ToArray();
        var rest = mask.Mask(Chunk(frame[10..])).ToArray();
        byte[] all = [.. head, .. rest];
        all.Length.ShouldBe(frame.Length);
        for (var i = 6; i < all.Length; i++) all[i] ^= key[(i - 6) & 3];
        var text = Encoding.ASCII.GetString(all[6..]);
        text.ShouldStartWith("........");
        text.ShouldNotContain(Imei);

        static SessionEvent Chunk(byte[] bytes) => new TcpSent(TimeSpan.Zero, new Connection(1, "a", 80), bytes);
    }

    private static async Task<string> Record(string path, MaskOptions? mask)
    {
        await using (var bench = new Bench())
        {
            using var recorder = SessionRecorder.Start(bench, path, mask: mask);
            bench.Firmware(FirmwareSource.FromText(Script));
            await bench.ApplyPower();
            await bench.RunFor(TimeSpan.FromSeconds(8));
            recorder.Finish();
        }

        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }

    private static string Plain(SessionEvent e)
    {
        var bytes = e.Bytes.ToArray();
        if (e.Kind == "tcp.tx" && MaskedFrame.TryFind(bytes, out var key))
        {
            MaskedFrame.Apply(bytes.AsSpan(key, 4).ToArray(), bytes.AsSpan(key + 4));
        }

        return e.Text + " " + Encoding.Latin1.GetString(bytes);
    }
}
