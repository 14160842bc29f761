using System.Text;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Runs;

/// <summary>Project files of Luatools, on the machine that wrote them and on another.</summary>
public sealed class LuatoolsProjectTests : IDisposable
{
    private const string Info =
        "[info]\r\ncore_path = C:\\soc\\LuatOS-SoC_V1112_EC618_FULL.soc\r\ntype = .soc\r\nlib =\r\n";
    private readonly string _place = Directory.CreateTempSubdirectory("airhil-ini").FullName;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    /// <summary>What is in the folder, the sections of the project, and the files that come of it.</summary>
    [Theory]
    [InlineData("main.lua a.lua unlisted.lua", "[D:\\work\\meter]\r\nmain.lua = \r\na.lua =\r\n", "main.lua,a.lua")]
    [InlineData(
        "meter/main.lua lib/x.lua", "[D:\\work\\meter]\nmain.lua =\n\n[D:\\work\\lib]\nx.lua =\n", "main.lua,x.lua")]
    [InlineData("work/meter/main.lua meter/main.lua", "[/srv/me/work/meter]\nmain.lua =\n", "main.lua")]
    [InlineData("main.lua page.html", "[meter]\nmain.lua =\npage.html =\n", "main.lua,page.html")]
    public void Its_files_are_found_where_it_says_or_beside_it(string files, string sections, string expected)
    {
        foreach (var file in files.Split(' ')) Write(file, $"-- {file}");
        Write("meter.ini", Info + sections);
        var source = FirmwareSource.FromPath(Path.Combine(_place, "meter.ini"));
        source.Name.ShouldBe("meter");
        string.Join(',', source.Files.Select(file => file.Key)).ShouldBe(expected);
        if (files.StartsWith("work/", StringComparison.Ordinal))
        {
            Encoding.UTF8.GetString(source.Files[0].Value.Span).ShouldBe("-- work/meter/main.lua");
        }
    }

    [Fact]
    public void A_folder_with_one_project_file_and_no_main_script_is_that_project()
    {
        Write("scripts/main.lua", "-- there");
        Write("meter.ini", $"{Info}[{Path.Combine(_place, "scripts")}]\nmain.lua =\n");
        Write("settings.ini", "[led]\npin = 27\n");
        FirmwareSource.IsProject(_place).ShouldBeTrue();
        FirmwareSource.FromPath(_place).Files.ShouldHaveSingleItem().Key.ShouldBe("main.lua");
    }

    [Theory]
    [InlineData("lost.lua =", "names 'lost.lua' in 'D:\\work', and it is neither there nor below")]
    [InlineData("client.key =", "names 'client.key', but keys do not go into sessions")]
    [InlineData("sub\\x.lua =", "names 'sub\\x.lua', but the module's script area is flat")]
    [InlineData("", "'meter' holds no main.lua; found: nothing")]
    public void What_it_names_in_vain_is_told(string line, string message)
    {
        Write("main.lua", "");
        Write("meter.ini", $"{Info}[D:\\work]\n{line}\n");
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(Path.Combine(_place, "meter.ini")))
            .Message.ShouldContain(message);
    }

    [Fact]
    public void What_is_hidden_or_behind_a_link_does_not_travel()
    {
        Write("main.lua", "");
        Write(".secret/a/b.lua", "-- hidden");
        Message($"[{_place}/.secret/a]\nb.lua =\n").ShouldContain(
            $"names 'b.lua' in '{_place}/.secret/a', but files of hidden folders, as '.secret'");
        Message("[.secret/a]\nb.lua =\n").ShouldContain("but files of hidden folders");
        Message("[x/../.secret/a]\nb.lua =\n").ShouldContain("but files of hidden folders");
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(Path.Combine(_place, "link.lua"), Path.Combine(_place, ".secret/a/b.lua"));
        Message($"[{_place}]\nlink.lua =\n").ShouldContain("but it is a link to");
        Directory.CreateSymbolicLink(Path.Combine(_place, "plain"), Path.Combine(_place, ".secret"));
        Message("[plain/a]\nb.lua =\n").ShouldContain("but files of hidden folders");
        // A project that lies in a hidden folder itself is the user's own.
        Write(".secret/own.ini", $"{Info}[a]\nb.lua =\n[..]\nmain.lua =\n");
        FirmwareSource.FromPath(Path.Combine(_place, ".secret/own.ini")).Files.Count.ShouldBe(2);

        string Message(string sections)
        {
            Directory.CreateDirectory(Path.Combine(_place, "x"));
            Write("meter.ini", Info + sections);
            return Should.Throw<FirmwareNotFoundException>(
                () => FirmwareSource.FromPath(Path.Combine(_place, "meter.ini"))).Message;
        }
    }

    [Fact]
    public void Scripts_that_no_module_holds_are_not_read_to_the_last()
    {
        Write("main.lua", "");
        for (var i = 0; i < 6; i++) Write($"long{i}.lua", "--" + new string('x', 3 << 20));
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_place)).Message
            .ShouldContain($"have more than 16777216 bytes up to '{Path.Combine(_place, "long5.lua")}'");
    }

    [Fact]
    public void Resources_that_no_module_holds_are_refused_by_name()
    {
        Write("main.lua", "");
        Write("picture.bin", new string('x', 300_000));
        Write("sound.amr", new string('x', 200_000));
        Write("airhil.layout", "picture.bin\n");
        FirmwareSource.FromPath(_place).Files.Count.ShouldBe(2);
        Write("airhil.layout", "picture.bin\nsound.amr\n");
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_place)).Message
            .ShouldContain($"458752 bytes at most, and '{Path.Combine(_place, "picture.bin")}' alone has 300000");
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_place, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
