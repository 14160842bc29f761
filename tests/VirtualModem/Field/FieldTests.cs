using System.Text;

using AirHil.VirtualModem.Tests.Fidelity;

namespace AirHil.VirtualModem.Tests.Field;

/// <summary>Scripts after public bug reports and projects do what V1112 does with them.</summary>
public sealed class FieldTests
{
    private const string Checks = "26-checks"; // FieldChecksTests

    public static TheoryData<string> Names => [.. FieldCases.All.Keys];

    private static string Folder()
    {
        var folder = FidelityFolder.Find() is { } fidelity
            ? Path.Combine(Path.GetDirectoryName(fidelity)!, "field")
            : null;
        if (!Directory.Exists(folder)) Assert.Skip("There is no folder shared/field beside the repository.");
        return folder;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_logs_what_the_module_logs(string name)
    {
        var folder = Folder();
        var facts = FieldCases.All[name];
        var bench = FieldCases.Run(Path.Combine(folder, name), facts);
        var lines = bench.Lines.SelectMany(line => line.Split("\r\n")).ToList();
        var at = 0;
        foreach (var expected in facts.Expected)
        {
            if (expected[0] == '!')
            {
                lines.ShouldNotContain(expected[1..], bench.Dump());
                continue;
            }

            bool Matches(string line) => expected[0] == '~'
                ? line.StartsWith(expected[1..], StringComparison.Ordinal)
                : line == expected || line.StartsWith(expected + "\t", StringComparison.Ordinal);
            at = lines.FindIndex(at, Matches);
            at.ShouldBeGreaterThanOrEqualTo(0, $"No line '{expected}' in its turn:\n{bench.Dump()}");
            at++;
        }
    }

    [Fact]
    public void Every_case_of_the_folder_is_tried()
    {
        var folder = Folder();
        Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!).Where(name => name != Checks)
            .ShouldBe(FieldCases.All.Keys, ignoreOrder: true);
    }

    [Fact]
    public void A_call_that_is_not_modelled_is_named_as_the_script_called_it()
    {
        var bench = new FakeBench(
            "log.info('apn', pcall(mobile.apn, 0, 2, 'x', '', '')) while true do rtos.receive(-1) end")
            .PowerOn().RunTo(1);
        bench.NotModelled.Select(call => (call.Function, call.Place))
            .ShouldBe([("mobile.apn(index, 2, APN)", "main.lua:1")]);
    }

    [Fact]
    public void A_ping_is_answered_without_its_payload()
    {
        var folder = Folder();
        var bench = FieldCases.Run(Path.Combine(folder, "12-ping-payload"), FieldCases.All["12-ping-payload"]);
        var frames = bench.Air.Requests.Select(sent => sent.Request).OfType<AirHil.Modem.Air.AirRequest.SendTcp>();
        frames.Last().Bytes.ToArray().ShouldBe([0x8A, 0x80, 0, 1, 2, 3]);
    }

    [Fact]
    public void Bursts_are_echoed_whole_and_bytes_are_lost_nowhere()
    {
        var folder = Folder();
        var bench = FieldCases.Run(Path.Combine(folder, "01-uart-accumulate"), FieldCases.All["01-uart-accumulate"]);
        var echo = new StringBuilder();
        foreach (var (_, _, bytes) in bench.Uart) echo.Append(Encoding.ASCII.GetString(bytes));
        echo.ToString().Count(c => c is 'x' or 'y').ShouldBe(48_000);
    }
}
