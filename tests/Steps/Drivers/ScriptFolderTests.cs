using AirHil.Rig.Runs;
using AirHil.Steps.Drivers;

namespace AirHil.Steps.Tests.Drivers;

public sealed class ScriptFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airhil-").FullName;

    [Fact]
    public void A_folder_or_a_file_is_found_by_its_path()
    {
        File.WriteAllText(Path.Combine(_folder, "main.lua"), "print(1)");

        ScriptFolder.Find(_folder, "").ShouldBe(_folder);
        ScriptFolder.Find(Path.Combine(_folder, "main.lua"), "").ShouldBe(Path.Combine(_folder, "main.lua"));
    }

    [Fact]
    public void A_path_from_the_working_directory_or_above_it_is_found()
    {
        var name = Path.GetRelativePath(Path.GetPathRoot(_folder)!, _folder);
        File.WriteAllText(Path.Combine(_folder, "main.lua"), "print(1)");

        ScriptFolder.Find(name, "features").ShouldBe(_folder);
    }

    [Fact]
    public void A_bare_name_is_looked_for_in_the_fixtures_above_the_tests_and_above_the_feature_first()
    {
        var name = "airhil-" + Path.GetFileName(_folder);
        var fixture = Path.Combine(AppContext.BaseDirectory, "fixtures", "scripts", name);
        var features = Directory.CreateDirectory(Path.Combine(_folder, "features")).FullName;
        Directory.CreateDirectory(fixture);
        try
        {
            Path.GetFullPath(ScriptFolder.Find(name, features)).ShouldBe(fixture);

            var own = Directory.CreateDirectory(Path.Combine(_folder, "fixtures", "scripts", name)).FullName;
            ScriptFolder.Find(name, features).ShouldBe(own);
        }
        finally
        {
            Directory.Delete(fixture, recursive: true);
        }
    }

    [Fact]
    public void What_is_nowhere_is_named_with_where_it_was_looked_for()
    {
        var message =
            Should.Throw<FirmwareNotFoundException>(() => ScriptFolder.Find("no-such-script", _folder)).Message;

        message.ShouldContain("'no-such-script'");
        message.ShouldContain("fixtures/scripts/no-such-script");
        message.ShouldContain(Directory.GetCurrentDirectory());
        message.ShouldContain(_folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
