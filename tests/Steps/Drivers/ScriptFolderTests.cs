using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;

namespace AirHil.Steps.Tests.Drivers;

public sealed class ScriptFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airhil-").FullName;

    [Fact]
    public void A_folder_or_a_file_is_found_by_its_path()
    {
        File.WriteAllText(Path.Combine(_folder, "main.lua"), "print(1)");

        ScriptFolder.Find(_folder).Files.ShouldHaveSingleItem().Key.ShouldBe("main.lua");
        ScriptFolder.Find(Path.Combine(_folder, "main.lua")).Files.ShouldHaveSingleItem().Key.ShouldBe("main.lua");
    }

    [Fact]
    public void A_path_from_the_working_directory_or_above_it_is_found()
    {
        var name = Path.GetRelativePath(Path.GetPathRoot(_folder)!, _folder);
        File.WriteAllText(Path.Combine(_folder, "main.lua"), "print(1)");

        ScriptFolder.Find(name).Files.ShouldHaveSingleItem().Key.ShouldBe("main.lua");
    }

    [Fact]
    public void A_bare_name_is_looked_for_in_the_fixtures_above_the_tests()
    {
        var name = "airhil-" + Path.GetFileName(_folder);
        var fixture = Path.Combine(AppContext.BaseDirectory, "fixtures", "scripts", name);
        Directory.CreateDirectory(fixture);
        try
        {
            File.WriteAllText(Path.Combine(fixture, "main.lua"), "print(1)");

            ScriptFolder.Find(name).Name.ShouldBe(name);
        }
        finally
        {
            Directory.Delete(fixture, recursive: true);
        }
    }

    [Fact]
    public void What_is_nowhere_is_named_with_where_it_was_looked_for()
    {
        var message = Should.Throw<FirmwareNotFoundException>(() => ScriptFolder.Find("no-such-script")).Message;

        message.ShouldContain("'no-such-script'");
        message.ShouldContain("fixtures/scripts/no-such-script");
        message.ShouldContain(Directory.GetCurrentDirectory());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
