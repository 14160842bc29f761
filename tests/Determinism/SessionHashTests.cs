using AirHil.Tests;

namespace AirHil.Determinism.Tests;

/// <summary>
/// The standing proof (design §4): same seed, same session hash, in processes of different culture, time zone, garbage
/// collector and compiler. The command is built without culture data; the variants that bring it back show that nothing
/// leans on that. Long runs over 100 seeds are in .ci/determinism.
/// </summary>
public sealed class SessionHashTests
{
    private static readonly string[] FaultyRuns =
    [
        "hash", "fixtures/scripts/websocket-echo", "--for", "20m", "--random-faults", "--seeds",
    ];

    private static readonly Lazy<Task<string[]>> Expected = new(
        () => Processes.Airhil(Processes.Plain, [.. FaultyRuns, "1..6"]));

    [Theory]
    [InlineData("LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 TZ=Pacific/Auckland")]
    [InlineData("LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 TZ=America/St_Johns DOTNET_gcServer=1")]
    [InlineData("LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu CULTURES=1")]
    [InlineData("LANG=fa_IR.UTF-8 LC_ALL=fa_IR.UTF-8 TZ=Pacific/Kiritimati DOTNET_gcConcurrent=0 CULTURES=1")]
    [InlineData("TZ=America/New_York DOTNET_GCgen0size=100000 DOTNET_TieredPGO=1")]
    [InlineData("TZ=UTC DOTNET_TieredCompilation=0 DOTNET_ReadyToRun=0")]
    public async Task Random_faults_come_to_the_same_in_every_process(string variables)
    {
        var hashes = await Processes.Airhil(Processes.Variables(variables), [.. FaultyRuns, "1..6"]);

        hashes.ShouldBe(await Expected.Value);
    }

    [Fact]
    public async Task Every_seed_has_a_hash_of_its_own()
    {
        var hashes = (await Expected.Value).Select(line => line.Split(' ')).ToArray();

        hashes.Select(pair => pair[0]).ShouldBe(["1", "2", "3", "4", "5", "6"]);
        hashes.Select(pair => pair[1]).ShouldAllBe(hash => hash.Length == 64);
        hashes.Select(pair => pair[1]).ShouldBeUnique();
    }

    /// <summary>All features in .ci/run, else every fourth.</summary>
    [Fact]
    public async Task Every_feature_comes_to_the_same_in_unlike_processes()
    {
        string[] order = ["test", .. LongRun.Sample(Features()), "--hashes", "-j"];
        var one = await Processes.Airhil(
            Processes.Variables("LANG=C LC_ALL=C TZ=UTC DOTNET_gcServer=0 DOTNET_GCgen0size=4000000"),
            [.. order, "2"]);
        var two = await Processes.Airhil(
            Processes.Variables(
                "LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 TZ=Pacific/Auckland DOTNET_gcServer=1 " +
                "DOTNET_TieredCompilation=0 CULTURES=1"),
            [.. order, "1"]);

        two.ShouldBe(one);
        one.Length.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task Another_seed_changes_what_happens_in_a_feature()
    {
        var one = await Processes.Airhil(Processes.Plain, "test", "features/connect.feature", "--hashes");
        var other = await Processes.Airhil(Processes.Plain, "test", "features/connect.feature", "--hashes", "--seed",
            "2");

        other.Length.ShouldBe(one.Length);
        other.Intersect(one).ShouldBeEmpty();
    }

    private static IEnumerable<string> Features() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "features"), "*.feature")
            .Order(StringComparer.Ordinal);
}
