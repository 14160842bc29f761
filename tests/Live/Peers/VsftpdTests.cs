namespace AirHil.Live.Tests.Peers;

/// <summary>
/// The module's FTP client and vsftpd. V1112's client gives up a download whose data connection has ended before it
/// reads the reply 150. A server on the same computer is that fast now and then, so the script asks again.
/// </summary>
[Trait("Peer", "real")]
public sealed class VsftpdTests
{
    [Fact]
    public async Task Files_go_there_and_back()
    {
        using var server = new PeerProgram("vsftpd", "vsftpd");
        var hello = server.Write("files/hello.txt", "hello");
        server.Start(server.Port, server.Write(
            "vsftpd.conf",
            $"""
            listen=YES
            background=NO
            listen_address=127.0.0.1
            listen_port={server.Port}
            pasv_min_port={server.SecondPort}
            pasv_max_port={server.SecondPort}
            run_as_launching_user=YES
            anonymous_enable=YES
            anon_root={Path.GetDirectoryName(hello)}
            anon_umask=022
            write_enable=YES
            anon_upload_enable=YES
            anon_mkdir_write_enable=YES
            anon_other_write_enable=YES
            seccomp_sandbox=NO
            one_process_model=YES
            xferlog_enable=NO
            """));
        await using var module = await LiveModule.Start(
            server.Port,
            """
                local function show(...) log.info("got", ...) end
                show("login", ftp.login(nil, "server.test", PORT, "anonymous", "a@b").wait())
                show("pwd", ftp.command("PWD").wait())
                io.writeFile("/up.txt", string.rep("0123456789", 1000))
                show("none", ftp.pull("/none.txt", "none.txt").wait())
                local pulled
                for i = 1, 10 do pulled = pulled or ftp.pull("/hello.txt", "hello.txt").wait() end
                show("pull", pulled, io.readFile("/hello.txt"))
                show("push", ftp.push("/up.txt", "up.txt").wait())
                show("list", ftp.command("LIST").wait())
                show("mkd", ftp.command("MKD sub").wait())
                show("rmd", ftp.command("RMD sub").wait())
                show("dele", ftp.command("DELE hello.txt").wait())
                show("close", ftp.close().wait())
            """);
        await module.Logs(
            "got\tlogin\ttrue", "got\tpwd\t257 ", "got\tnone\tfalse", "got\tpull\ttrue\thello",
            "got\tpush\ttrue", "up.txt", "got\tmkd\t257 ", "got\trmd\t250 ", "got\tdele\t250 ", "got\tclose\t221 ");
        (await File.ReadAllTextAsync(
            Path.Combine(Path.GetDirectoryName(hello)!, "up.txt"), TestContext.Current.CancellationToken))
            .Length.ShouldBe(10_000);
        File.Exists(hello).ShouldBeFalse();
    }
}
