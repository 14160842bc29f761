using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AirHil.Cli.Tests.Commands;

/// <summary>
/// Step libraries that do what no step should: each ends in a failed scenario or with the exit code for wrong input, in
/// bounded time, and nothing is taken for a pass.
/// </summary>
[Trait("Clock", "wall")]
public sealed class HostileLibraryTests
{
    private const string Feature = "Feature: F\n  Scenario: S\n    Given mine\n";

    /// <summary>What is in the class, what is beside it, the exit code, and what is told.</summary>
    public static TheoryData<string, string, int, string> Libraries => new()
    {
        { Step("Environment.Exit(0);"), "", 4, "called Environment.Exit" },
        {
            "[AfterTestRun] public static void H() { Environment.Exit(0); }" + Step(""), "", 4,
            "still running: AfterTestRun Mine.H()"
        },
        {
            Step(""), "static class I { [ModuleInitializer] internal static void X() => Environment.Exit(0); }", 4,
            "still running: f.feature:3  Given mine"
        },
        {
            Step("new Thread(() => throw new Exception(\"beside\")).Start(); Thread.Sleep(-1);"), "", 4,
            "failed on a thread of its own, which ends the run: Exception: beside"
        },
        { Step("new Thread(() => Thread.Sleep(-1)).Start();"), "", 0, "" },
        { Step("AppDomain.CurrentDomain.ProcessExit += (_, _) => Thread.Sleep(-1);"), "", 0, "" },
        {
            "static int X = Fail(); static int Fail() => throw new Exception(\"why\");" + Step("X++;"), "", 1,
            "Exception: why"
        },
        {
            Step("throw new Mute();"),
            "class Mute : Exception { public override string Message => throw new Exception(); }", 1,
            "Mute, which cannot tell its text"
        },
        {
            Step("throw new Mute();"),
            "class Mute : Exception { public override string StackTrace => throw new Exception(); }", 1,
            "Mute, which cannot tell its text"
        },
        { Step("throw new Exception(new string('x', 30_000_000));"), "", 1, "1 failed" },
        { Step("Environment.CurrentDirectory = \"/\";"), "", 1, "the current folder of the process was changed" },
        { Step("Console.WriteLine(\"said\\x1b[2J\");"), "", 0, "said\\x1B[2J" },
    };

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task What_a_library_does_is_told_and_ends(string members, string beside, int code, string told)
    {
        using var folder = new TempFolder();
        Compile(folder, members, beside);
        folder.Write("f.feature", Feature);
        var outcome = (await Airhil.Started(folder, "test", "f.feature", "--bindings", "mine.dll", "--junit", "j.xml"))
            .ShouldExitWith(code);
        $"{outcome.Output}{outcome.Error}".ShouldContain(told);
        (outcome.Output.Length + outcome.Error.Length).ShouldBeLessThan(1_000_000);
        outcome.Output.ShouldNotContain("said");
        outcome.Output.Contains("1 passed, 0 failed", StringComparison.Ordinal).ShouldBe(code == 0);
        File.Exists(Path.Combine(folder.Path, "j.xml")).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_never_disposed_of_is_named_at_the_limit()
    {
        using var folder = new TempFolder();
        Compile(
            folder, "public Mine(Held held) { }" + Step(""),
            "public class Held : IDisposable { public void Dispose() => Thread.Sleep(-1); }");
        folder.Write("f.feature", Feature);
        var outcome = (await Airhil.Started(
            folder, "test", "f.feature", "--bindings", "mine.dll", "--wall-limit", "2s")).ShouldExitWith(42);
        outcome.Error.ShouldContain("still running: f.feature:2  S: disposal of what its bindings made");
    }

    [Fact]
    public async Task What_a_signature_needs_and_nobody_has_is_told_of_the_library()
    {
        using var folder = new TempFolder();
        Write(Image("needed", "public class Needed;", []), folder, "needed.dll");
        Compile(folder, "[Given(\"mine {int}\")] public void N(Needed x) { }" + Step(""), "", "needed.dll");
        File.Delete(Path.Combine(folder.Path, "needed.dll"));
        folder.Write("f.feature", Feature);
        var outcome = (await Airhil.In(folder, "test", "f.feature", "--bindings", "mine.dll")).ShouldExitWith(4);
        outcome.Error.ShouldContain("--bindings: ");
        outcome.Error.ShouldContain("'needed, Version=0.0.0.0");
        outcome.Error.ShouldContain("What it needs must lie beside it");
    }

    private static string Step(string body) => $"[Given(\"mine\")] public void M() {{ {body} }}";

    private static void Compile(TempFolder folder, string members, string beside, params string[] libraries) => Write(
        Image(
            "mine",
            "using System; using System.Threading; using System.Runtime.CompilerServices; using Reqnroll;\n" +
            $"{beside} [Binding] public class Mine {{ {members} }}",
            [.. libraries.Select(file => Path.Combine(folder.Path, file))]),
        folder, "mine.dll");

    private static void Write(byte[] image, TempFolder folder, string name) =>
        File.WriteAllBytes(Path.Combine(folder.Path, name), image);

    private static byte[] Image(string name, string source, string[] libraries)
    {
        var own = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(source)],
            own.Concat(libraries).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        result.Success.ShouldBeTrue(string.Join('\n', result.Diagnostics));
        return image.ToArray();
    }
}
