using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Rig.Time;

namespace AirHil.Cli.Tests.Targets;

/// <summary>What --target and its options open, and what they are refused for.</summary>
public sealed class TargetOpeningTests
{
    private static readonly TargetOrder Model = new() { Target = TargetOpening.Virtual };

    public static TheoryData<string, string, int> Unknown => new()
    {
        { "", "'' is not known; write virtual, board:NAME", ExitCode.Usage },
        { "virtual:x", "'virtual:x' is not known", ExitCode.Usage },
        { "board:", "'board:' is not known", ExitCode.Usage },
        { "remote:", "'remote:' is not known", ExitCode.Usage },
        { "Virtual", "'Virtual' is not known", ExitCode.Usage },
        { "recorded:nowhere.ndjson", "there is no recording 'nowhere.ndjson'", ExitCode.Usage },
        { "remote:http://x", "http", ExitCode.Usage },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public async Task A_target_that_is_not_there_is_refused(string target, string why, int code)
    {
        var refusal = await Should.ThrowAsync<UsageException>(() => Open(Model with { Target = target }));
        refusal.Message.ShouldContain(why);
        refusal.ExitCode.ShouldBe(code);
    }

    [Fact]
    public async Task Options_that_contradict_each_other_are_refused_with_what_goes_together()
    {
        foreach (var (order, why) in ((TargetOrder, string)[])
        [
            (Model with { Target = "board:desk", Clock = RigClock.Wall }, "--clock and --network"),
            (Model with { Target = "recorded:x", IsLive = true }, "--clock and --network"),
            (Model with { Speed = 2 }, "--speed: it is for models on the wall clock"),
            (Model with { Target = "board:desk", Speed = 2 }, "--speed"),
            (Model with { IsLive = true }, "--network live: real servers answer in real time"),
            (Model with { IsLive = true, Clock = RigClock.Wall, Speed = 2 }, "no --speed"),
            (Model with { Target = "board:desk", Profile = "p.json" }, "--profile: timings are the virtual module's"),
            (Model with { Allowed = ["x"] }, "--allow and --upstream"),
            (Model with { Upstreams = ["x:1=y:2"] }, "--allow and --upstream"),
            (Model with { IsLive = true, Clock = RigClock.Wall, Upstreams = ["x"] }, "x"),
        ])
        {
            var refusal = await Should.ThrowAsync<UsageException>(() => Open(order));
            refusal.Message.ShouldContain(why);
            refusal.ExitCode.ShouldBe(ExitCode.Usage);
        }
    }

    [Fact]
    public async Task The_virtual_module_can_all_and_runs_on_every_processor()
    {
        await using var target = await Open(Model);
        target.CanAll.ShouldBeTrue();
        target.Jobs.ShouldBe(Environment.ProcessorCount);
        target.Make(new TargetUse("A scenario", 64)).Clock.ShouldBe(RigClock.Virtual);

        await using var wall = await Open(Model with { Clock = RigClock.Wall, Speed = 50 });
        wall.CanAll.ShouldBeFalse();
        wall.Jobs.ShouldBe(TargetChoice.OnTheWall);
        wall.Make(new TargetUse("A scenario", 32)).Clock.ShouldBe(RigClock.Wall);
    }

    [Fact]
    public async Task A_folder_without_a_scenarios_recording_makes_it_be_skipped_with_the_reason()
    {
        using var folder = new TempFolder();
        await using var target = await Open(Model with { Target = "recorded:" + folder.Path });
        var place = target.Make(new TargetUse("Lamp / It comes up", 32));
        (await place.PrepareAsync(null!, CancellationToken.None)).ShouldBe(
            $"'{folder.Path}' holds no recording of \"Lamp / It comes up\"");
        place.Capabilities.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_is_said_again_in_the_words_of_the_command_line()
    {
        Model.Words().ShouldBeEmpty();
        Model.IsPlain.ShouldBeTrue();
        var order = new TargetOrder
        {
            Target = "remote:wss://lab:1/",
            Clock = RigClock.Wall,
            IsLive = true,
            Allowed = ["a.test", "b c"],
            Upstreams = ["x:1=y:2"],
            Speed = 0.5,
            BenchFile = "bench.yaml",
            TokenFile = "token",
            Fingerprint = "AB",
            Profile = "p.json",
        };
        order.IsPlain.ShouldBeFalse();
        string.Join(' ', order.Words()).ShouldBe(
            "--target remote:wss://lab:1/ --clock wall --network live --allow a.test --allow 'b c' " +
            "--upstream x:1=y:2 --speed 0.5 --bench bench.yaml --token-file token --fingerprint AB --profile p.json");
    }

    private static Task<TargetChoice> Open(TargetOrder order) =>
        TargetOpening.OpenAsync(order, TestContext.Current.CancellationToken);
}
