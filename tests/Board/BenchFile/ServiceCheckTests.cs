using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AirHil.Board.BenchFile;
using AirHil.Tests;

namespace AirHil.Board.Tests.BenchFile;

public sealed class ServiceCheckTests
{
    [Fact]
    public async Task A_port_that_leads_here_is_proven_by_bytes()
    {
        var service = new ServiceDescription
        {
            Address = "localhost",
            Listen = "127.0.0.1",
            Ports = [new ServicePort("echo.example", 443, FreePort.Take())],
        };
        var lines = await Check(service);
        lines.Select(l => (l.Part, l.Outcome)).ShouldBe(
            [("service address", CheckOutcome.Ok), ("service echo.example:443", CheckOutcome.Ok)]);
    }

    [Fact]
    public async Task A_port_that_is_taken_and_a_name_that_is_none_are_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var service = new ServiceDescription { Address = "127.0.0.1", Ports = [new ServicePort("a", 1, port)] };
        (await Check(service))[^1].Text.ShouldContain($"cannot listen on 127.0.0.1:{port}");
        (await Check(service with { Address = "no such name" }))[^1].Outcome.ShouldBe(CheckOutcome.Failed);
    }

    [Fact]
    public async Task Without_an_address_it_is_skipped() =>
        (await Check(new ServiceDescription())).ShouldHaveSingleItem().Outcome.ShouldBe(CheckOutcome.Skipped);

    [Theory]
    [InlineData("echo.example", 30, CheckOutcome.Ok, "until")]
    [InlineData("other.example", 30, CheckOutcome.Failed, "is not for echo.example")]
    [InlineData("echo.example", -1, CheckOutcome.Failed, "is valid from")]
    public async Task A_certificate_is_looked_at(string name, int days, CheckOutcome outcome, string text)
    {
        var folder = Directory.CreateTempSubdirectory("airhil-certificate-");
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            using var certificate =
                request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(days));
            var service = new ServiceDescription
            {
                Certificate = Path.Combine(folder.FullName, "c.pem"),
                Key = Path.Combine(folder.FullName, "k.pem"),
                Ports = [new ServicePort("echo.example", 443, 443)],
            };
            File.WriteAllText(service.Certificate, certificate.ExportCertificatePem());
            File.WriteAllText(service.Key, key.ExportPkcs8PrivateKeyPem());
            var line = (await Check(service))[0];
            line.Outcome.ShouldBe(outcome);
            line.Text.ShouldContain(text);
            File.WriteAllText(service.Key, "nonsense");
            (await Check(service))[0].Outcome.ShouldBe(CheckOutcome.Failed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<CheckLine>> Check(ServiceDescription service)
    {
        var lines = new List<CheckLine>();
        var well = await ServiceCheck.RunAsync(service, lines.Add, CancellationToken.None);
        well.ShouldBe(lines.All(l => l.Outcome != CheckOutcome.Failed));
        return lines;
    }
}
