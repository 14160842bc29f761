using System.Text;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Runs;

public sealed class FirmwareSourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_folder_brings_all_its_files_main_first()
    {
        Write("util.lua", "-- util");
        Write("a.txt", "a");
        Write("main.lua", "-- main");
        var source = FirmwareSource.FromPath(_folder.FullName);
        source.Files.Select(f => f.Key).ShouldBe(["main.lua", "a.txt", "util.lua"]);
        Encoding.UTF8.GetString(source.Files[0].Value.Span).ShouldBe("-- main");
        source.Name.ShouldBe(_folder.Name);
    }

    [Fact]
    public void One_file_becomes_the_main_script()
    {
        Write("beat.lua", "x");
        FirmwareSource.FromPath(Path.Combine(_folder.FullName, "beat.lua")).Files.ShouldHaveSingleItem().Key
            .ShouldBe("main.lua");
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath("no/such.lua")).Message
            .ShouldContain("no/such.lua");
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_folder.FullName)).Message
            .ShouldContain("found: nothing");
        Write("util.lua", "-- util");
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_folder.FullName)).Message
            .ShouldContain("holds no main.lua; found: util.lua");
    }

    [Fact]
    public void Files_given_as_text_may_lack_a_main_script() =>
        FirmwareSource.FromFiles([new("util.lua", "-- util")]).Files.ShouldHaveSingleItem();

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
