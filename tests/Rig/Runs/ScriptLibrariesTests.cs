using System.Text;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Runs;

/// <summary>Folders of libraries that complete a project, and the layouts of projects.</summary>
public sealed class ScriptLibrariesTests : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("airhil-lib").FullName;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Theory]
    [InlineData("local a = require 'httpplus'")]
    [InlineData("local a = require(\"httpplus\")")]
    [InlineData("local ok, a = pcall(require, 'httpplus')")]
    [InlineData("sys = require(\"sys\")\nhttpplus = require  ( \"httpplus\" )")]
    public void A_library_is_taken_where_a_script_names_it(string script)
    {
        Write("lib/httpplus.lua", "return {}");
        Write("lib/other.lua", "return {}");
        Complete(script).ShouldBe(["main.lua", "httpplus.lua"]);
    }

    [Fact]
    public void What_a_library_requires_comes_too_and_the_projects_own_file_wins()
    {
        Write("lib/a.lua", "require 'b' require 'libnet' require 'main'");
        Write("lib/b.lua", "return 'theirs'");
        Write("lib/libnet.lua", "return 'theirs'");
        var source = ScriptLibraries.From([Path.Combine(_place, "lib")]).Complete(FirmwareSource.FromFiles(
            [new("main.lua", "require 'a'"), new("b.lua", "return 'mine'")]));
        source.Files.Select(file => file.Key).ShouldBe(["main.lua", "a.lua", "b.lua", "libnet.lua"]);
        Text(source, "b.lua").ShouldBe("return 'mine'");
        Text(source, "libnet.lua").ShouldBe("return 'theirs'"); // before AirHil's own
        source.Paths["a.lua"].ShouldBe(Path.Combine(_place, "lib", "a.lua"));
    }

    [Fact]
    public void Libraries_that_no_module_holds_are_not_read_to_the_last()
    {
        for (var i = 1; i < 9; i++) Write($"lib/l{i}.lua", $"require 'l{i + 1}' --" + new string('x', 3 << 20));
        Should.Throw<FirmwareNotFoundException>(() => Complete("require 'l1'")).Message.ShouldContain(
            $"have more than 16777216 bytes up to '{Path.Combine(_place, "lib", "l6.lua")}'");
    }

    [Fact]
    public void The_first_of_two_folders_wins()
    {
        Write("one/x.lua", "return 1");
        Write("two/x.lua", "return 2");
        var libraries = ScriptLibraries.From(Path.Combine(_place, "two"), Path.Combine(_place, "one"));
        Text(libraries.Complete(FirmwareSource.FromText("require 'x'")), "x.lua").ShouldBe("return 2");
    }

    [Fact]
    public void AirHils_own_libnet_is_used_only_where_none_is_brought()
    {
        Text(ScriptLibraries.From().Complete(FirmwareSource.FromText("require 'libnet'")), "libnet.lua")
            .ShouldContain("function libnet.waitLink");
        var plain = FirmwareSource.FromText("print(1)");
        ScriptLibraries.From().Complete(plain).ShouldBeSameAs(plain);
    }

    [Theory]
    [InlineData("nowhere", "--lib: there is no folder ")]
    [InlineData("empty", "holds no .lua file; give the folder that holds the libraries themselves")]
    public void A_folder_that_is_none_is_told(string folder, string message)
    {
        Directory.CreateDirectory(Path.Combine(_place, "empty"));
        Should.Throw<FirmwareNotFoundException>(() => ScriptLibraries.From(Path.Combine(_place, folder)))
            .Message.ShouldContain(message);
    }

    [Fact]
    public void A_file_that_is_too_large_is_named()
    {
        Write("lib/big.lua", new string('-', (4 << 20) + 1));
        Should.Throw<FirmwareNotFoundException>(() => Complete("require 'big'")).Message.ShouldContain("big.lua");
    }

    [Theory]
    [InlineData("user/main.lua lib/x.lua user/y.lua readme.md", "main.lua,x.lua,y.lua")]
    [InlineData("main.lua y.lua lib/x.lua lib/y.lua user/z.lua", "main.lua,x.lua,y.lua")]
    [InlineData("main.lua y.lua", "main.lua,y.lua")]
    public void A_project_may_have_its_scripts_in_folders(string files, string expected)
    {
        foreach (var file in files.Split(' ')) Write(file, $"-- {file}");
        var source = FirmwareSource.FromPath(_place);
        string.Join(',', source.Files.Select(file => file.Key)).ShouldBe(expected);
        if (files.Contains("y.lua", StringComparison.Ordinal)) Text(source, "y.lua").ShouldNotContain("lib/");
    }

    [Fact]
    public void A_folder_without_a_main_script_tells_where_it_looked()
    {
        Write("user/other.lua", "");
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_place))
            .Message.ShouldContain("holds no main.lua");
    }

    private string[] Complete(string script) =>
    [
        .. ScriptLibraries.From(Path.Combine(_place, "lib")).Complete(FirmwareSource.FromText(script))
            .Files.Select(file => file.Key),
    ];

    private static string Text(FirmwareSource source, string name) =>
        Encoding.UTF8.GetString(source.Files.Single(file => file.Key == name).Value.Span);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_place, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
