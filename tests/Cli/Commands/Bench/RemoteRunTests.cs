using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AirHil.Live.Remote;
using AirHil.Rig.Files;
using AirHil.Rig.Runs;

namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>`airhil run` on a board of another machine that cannot be had, or goes away.</summary>
[Trait("Clock", "wall")]
public sealed class RemoteRunTests
{
    private static readonly BenchServerOptions OnAnyPort = new() { Listen = new IPEndPoint(IPAddress.Loopback, 0) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_board_that_is_lost_ends_the_run_at_once_with_6()
    {
        using var folder = Folder();
        await using var server = await Serve(OnAnyPort);
        var run = Airhil.In(folder, "run", "beat", "--for", "1h", "--target", $"remote:{server.Url}one");
        while (server.Boards[0].HeldBy is null && !run.IsCompleted) await Task.Delay(20, Cancel);
        await server.DisposeAsync();
        (await run).ShouldExitWith(6).Error.ShouldContain("the bench is being stopped");
    }

    [Fact]
    public async Task A_certificate_that_is_not_the_benchs_ends_it_with_6()
    {
        using var folder = Folder();
        using var own = Certificate();
        await using var server = await Serve(OnAnyPort with { Certificate = new CertificateFile(own, []) });
        string[] run = ["run", "beat", "--for", "100ms", "--target", $"remote:{server.Url}one"];
        (await Airhil.In(folder, run)).ShouldExitWith(6).Error.ShouldContain(
            "its certificate is not for 127.0.0.1; if 'airhil bench serve' there has printed");
        (await Airhil.In(folder, [.. run, "--fingerprint", new string('0', 64)])).ShouldExitWith(6).Error
            .ShouldContain("and not the one of --fingerprint");
        var fingerprint = own.GetCertHashString(HashAlgorithmName.SHA256);
        (await Airhil.In(folder, [.. run, "--fingerprint", fingerprint])).ShouldExitWith(0);
    }

    private static TempFolder Folder()
    {
        var folder = new TempFolder();
        folder.Script("_G.sys = require('sys') sys.timerLoopStart(log.info, 100, 'beat') sys.run()", "beat");
        return folder;
    }

    private static Task<BenchServer> Serve(BenchServerOptions options) =>
        BenchServer.StartAsync([new("one", new VirtualTarget())], options, Cancel);

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var signed = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null);
    }
}
