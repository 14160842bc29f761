using System.Text;
using AirHil.Board.Identity;
using AirHil.Rig.Runs;

namespace AirHil.Board.Tests.Identity;

public class ScriptHashTests
{
    [Fact]
    public void The_order_of_the_files_does_not_matter_and_every_byte_does()
    {
        var hash = ScriptHash.Of(Files(("main.lua", "a"), ("b.lua", "b")));
        hash.Length.ShouldBe(12);
        ScriptHash.Of(Files(("b.lua", "b"), ("main.lua", "a"))).ShouldBe(hash);
        ScriptHash.Of(Files(("main.lua", "a"), ("b.lua", "c"))).ShouldNotBe(hash);
        ScriptHash.Of(Files(("main.lua", "a"), ("c.lua", "b"))).ShouldNotBe(hash);
        ScriptHash.Of(Files(("main.lua", "ab"), ("b.lua", ""))).ShouldNotBe(hash);
    }

    [Fact]
    public void It_stays_what_it_is_between_versions() =>
        // printf 'main.lua %s\n' $(printf 'print("hi")\n' | sha256sum | cut -d' ' -f1) | sha256sum | cut -c1-12
        ScriptHash.Of(FirmwareSource.FromText("print(\"hi\")\n")).ShouldBe("04da368a2b3e");

    [Fact]
    public void The_file_that_carries_it_is_no_part_of_it()
    {
        var script = Files(("main.lua", "require 'airhil'"), ("airhil.lua", "-- agent"));
        var files = ScriptHash.FilesFor(script);
        var carried = files.Single(f => f.Key == ScriptHash.FileName);
        Encoding.UTF8.GetString(carried.Value.Span).ShouldBe($"return \"{ScriptHash.Of(script)}\"\n");
        var deployed = Files([.. files.Select(f => (f.Key, Encoding.UTF8.GetString(f.Value.Span)))]);
        ScriptHash.Of(deployed).ShouldBe(ScriptHash.Of(script));
    }

    [Fact]
    public void A_script_without_the_agent_gets_no_file() =>
        ScriptHash.FilesFor(Files(("main.lua", ""))).Select(f => f.Key).ShouldBe(["main.lua"]);

    private static FirmwareSource Files(params (string Name, string Text)[] files) =>
        FirmwareSource.FromFiles(files.Select(f => KeyValuePair.Create(f.Name, f.Text)));
}
