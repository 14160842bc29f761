using System.Security.Cryptography;
using System.Text;
using AirHil.Board.LuaDb;

namespace AirHil.Board.Tests.LuaDb;

public class LuaDbImageTests
{
    [Fact]
    public void One_file_is_the_image_of_the_reference()
    {
        var image = LuaDbImage.Write([File("main.lua", "print(\"hi\")\n")]);
        image.Length.ShouldBe(62);
        Convert.ToHexStringLower(SHA256.HashData(image))
            .ShouldBe("405f93680b5db2dcb3e10b6b84e1feca647f376d29f482c3bfd3d1e5b1e6c7c4");
    }

    [Fact]
    public void What_was_written_is_read_with_partition_space_behind_it()
    {
        KeyValuePair<string, ReadOnlyMemory<byte>>[] files =
            [File("main.lua", "require 'a'"), File("a.lua", ""), File("data.bin", "\0\u0001~")];
        byte[] partition = [.. LuaDbImage.Write(files), .. Enumerable.Repeat((byte)0xFF, 1000)];
        LuaDbReader.Read(partition).Select(f => (f.Key, Encoding.UTF8.GetString(f.Value.Span)))
            .ShouldBe([("main.lua", "require 'a'"), ("a.lua", ""), ("data.bin", "\0\u0001~")]);
    }

    [Fact]
    public void What_a_module_cannot_hold_is_refused()
    {
        Message(() => LuaDbImage.Write([File(new string('n', 32), "")])).ShouldContain("32 bytes");
        Message(() => LuaDbImage.Write([File("a.lua", ""), File("a.lua", "")])).ShouldContain("twice");
        Message(() => LuaDbImage.Write([])).ShouldContain("1 to 1024");
        Message(() => LuaDbImage.Write([new("big", new byte[5 << 20])])).ShouldContain("4194304");
    }

    [Fact]
    public void Every_cut_and_every_wrong_byte_in_the_head_is_told_by_its_place()
    {
        var image = LuaDbImage.Write([File("main.lua", "print(1)")]);
        for (var length = 0; length < image.Length; length++)
        {
            Message(() => LuaDbReader.Read(image.AsMemory(0, length))).ShouldStartWith("byte ");
        }

        for (var at = 0; at < 8; at++)
        {
            var wrong = image.ToArray();
            wrong[at] ^= 0x80;
            Message(() => LuaDbReader.Read(wrong)).ShouldStartWith("byte ");
        }
    }

    private static string Message(Action act) => Should.Throw<FormatException>(act).Message;

    private static KeyValuePair<string, ReadOnlyMemory<byte>> File(string name, string text) =>
        new(name, Encoding.UTF8.GetBytes(text));
}
