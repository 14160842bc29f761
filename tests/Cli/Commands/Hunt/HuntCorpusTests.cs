using AirHil.Cli.Commands.HuntCommands;
using AirHil.Gherkin.Plan;
using AirHil.Modem.Acts;

namespace AirHil.Cli.Tests.Commands.HuntCommands;

/// <summary>Several hunts keep what they found in one folder at the same time.</summary>
public sealed class HuntCorpusTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Hunts_that_end_at_once_lose_nothing_of_each_other()
    {
        var scenario = FeaturePlan.Read(("a.feature", "Feature: a\n  Scenario: b\n    When 1 s passes\n")).Cases[0];
        var hunts = Enumerable.Range(1, 12).Select(_ => new HuntCorpus(_folder.Path)).ToArray();
        foreach (var hunt in hunts) hunt.Read(scenario).ShouldBeEmpty();
        await Task.WhenAll(hunts.Select((hunt, i) => Task.Run(() => hunt.Write(scenario, [Schedule(i + 1)]))));
        new HuntCorpus(_folder.Path).Read(scenario).Select(schedule => schedule.ToString()).Order()
            .ShouldBe(Enumerable.Range(1, 12).Select(i => Schedule(i).ToString()).Order());

        // What a hunt knew and does not want any more goes.
        var last = new HuntCorpus(_folder.Path);
        last.Read(scenario);
        last.Write(scenario, [Schedule(20)]);
        new HuntCorpus(_folder.Path).Read(scenario).ShouldHaveSingleItem();
    }

    private static FaultSchedule Schedule(int seconds) => FaultSchedule.Parse($"{seconds}s drop connection\n");
}
