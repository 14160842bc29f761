using System.Globalization;

using AirHil.VirtualModem.Storage.Littlefs;

namespace AirHil.VirtualModem.Tests.Storage.Littlefs;

/// <summary>The blocks and results of littlefs, against S:thirdparty/littlefs built as a native program.</summary>
public class LittlefsVolumeTests
{
    /// <summary>
    /// What the native program printed: an operation, its result, the blocks in use after it. A number stands for "f"
    /// and 40 digits; write has a mode, a place and a length.
    /// </summary>
    private const string Native =
        """
        mkdir /d = 0 4
        mkdir /d/e = 0 6
        mkdir /q = 0 8
        write /q/0 add 0 268 = 268 9
        mkdir /33 = 0 11
        write /40 add 0 6077 = 6077 13
        remove /d/56 = -2 13
        remove /d = -39 13
        mkdir /q/23 = 0 15
        write /d/56 at 4843 262 = 262 17
        mkdir /q/56 = 0 19
        write /d at 7958 278 = -21 19
        write /d/e/38 add 0 115 = 115 19
        mkdir /d/e/48 = 0 21
        write /48 at 7247 184 = 184 23
        remove /q/4 = -2 23
        write /49 add 0 250 = 250 23
        mkdir /d = -17 23
        write /d/58 cut 0 2690 = 2690 24
        mkdir /d/e = -17 24
        remove /d/45 = -2 24
        write /49 add 0 60 = 60 25
        write /d at 2780 131 = -21 25
        write /d/38 cut 0 254 = 254 25
        remove /q/58 = -2 25
        remove /d/e/43 = -2 25
        remove /12 = -2 25
        write /d/e/6 at 0 181 = 181 25
        mkdir /d/29 = 0 27
        mkdir /d/49 = 0 29
        remove /d/29 = 0 27
        remove /37 = -2 27
        mkdir /16 = 0 29
        rename /d/33 /q/14 = -2 29
        write /q/34 at 1095 8701 = 8701 32
        mkdir /d/e/41 = 0 34
        remove /d/56 = 0 32
        write /d/10 cut 0 153 = 153 32
        write /d at 408 39 = -21 32
        remove /d/e = -39 32
        rename /d/18 /q/18 = -2 32
        mkdir /d/e/57 = 0 34
        write /d/e/26 cut 0 96 = 96 34
        write /1 at 0 261 = 261 35
        write /40 add 0 6469 = 6469 37
        rename /q /d/32 = 0 37
        """;

    [Fact]
    public void Operations_give_what_the_native_program_gave()
    {
        var volume = new LittlefsVolume(72);
        foreach (var line in Native.Split('\n'))
        {
            var words = line.Split(' ');
            var result = words[0] switch
            {
                "mkdir" => volume.MakeDirectory(Path(words[1])),
                "remove" => volume.Remove(Path(words[1])),
                "rename" => volume.Rename(Path(words[1]), Path(words[2])),
                _ => Write(volume, words),
            };
            $"{result} {volume.UsedBlocks}".ShouldBe(line[(line.IndexOf('=', StringComparison.Ordinal) + 2)..], line);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(256, 0)]
    [InlineData(257, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(8188, 2)]
    [InlineData(8189, 3)]
    [InlineData(12276, 3)]
    [InlineData(12277, 4)]
    public void A_file_takes_blocks_for_its_bytes(int bytes, int blocks)
    {
        var volume = new LittlefsVolume(72);
        Write(volume, "f", bytes).ShouldBe(bytes);
        volume.UsedBlocks.ShouldBe(2 + blocks);
    }

    [Fact]
    public void Names_of_a_directory_fill_pairs_that_are_divided()
    {
        var volume = new LittlefsVolume(72);
        var used = Enumerable.Range(0, 60).Select(i =>
        {
            Write(volume, i.ToString("D40", CultureInfo.InvariantCulture), 100);
            return volume.UsedBlocks;
        }).ToList();
        string.Join(' ', used).ShouldBe(
            "2 2 2 2 2 2 2 2 2 2 2 2 2 4 4 4 4 4 4 6 6 6 6 6 6 6 6 6 6 6 " +
            "8 8 8 8 8 8 10 10 10 10 10 10 12 12 12 12 12 12 12 12 12 12 12 14 14 14 14 14 14 16");
        volume.List("")!.Select(entry => entry.Name).ShouldBeInOrder();
    }

    [Fact]
    public void The_root_moves_out_of_the_first_pair_after_two_hundred_writes_of_it()
    {
        var volume = new LittlefsVolume(72);
        for (var i = 0; i < 2984; i++) Write(volume, "f", 200);
        volume.UsedBlocks.ShouldBe(2);
        Write(volume, "f", 200);
        volume.UsedBlocks.ShouldBe(4);
        volume.Content("f")!.Length.ShouldBe(200);
    }

    [Fact]
    public void What_does_not_fit_leaves_the_file_as_it_was()
    {
        var volume = new LittlefsVolume(8);
        Write(volume, "f", 10_000).ShouldBe(10_000);
        Write(volume, "f", 20_000).ShouldBe(LittlefsError.NoSpace);
        volume.Content("f")!.Length.ShouldBe(10_000);
        volume.FreeBlocks.ShouldBe(3);
    }

    [Fact]
    public void A_file_that_is_removed_while_it_is_open_is_gone()
    {
        var volume = new LittlefsVolume(8);
        var file = volume.Open("f", LittlefsModes.Write | LittlefsModes.Create)!;
        file.Write([1, 2]);
        volume.Remove("f").ShouldBe(LittlefsError.None);
        volume.Close(file);
        volume.Content("f").ShouldBeNull();
    }

    private static int Write(LittlefsVolume volume, string path, int bytes) =>
        Write(volume, ["write", path, "cut", "0", bytes.ToString(CultureInfo.InvariantCulture)]);

    private static int Write(LittlefsVolume volume, string[] words)
    {
        var modes = LittlefsModes.Read | LittlefsModes.Write | LittlefsModes.Create | words[2] switch
        {
            "cut" => LittlefsModes.Truncate,
            "add" => LittlefsModes.Append,
            _ => LittlefsModes.None,
        };
        if (volume.Open(Path(words[1]), modes) is not { } file) return Failure(volume, Path(words[1]));
        file.Seek(int.Parse(words[3], CultureInfo.InvariantCulture), SeekOrigin.Begin);
        var bytes = int.Parse(words[4], CultureInfo.InvariantCulture);
        var result = file.Write(new byte[bytes]);
        volume.Close(file);
        return result == LittlefsError.None ? bytes : result;
    }

    private static int Failure(LittlefsVolume volume, string path) =>
        volume.List(path) is not null ? LittlefsError.IsDirectory : LittlefsPath.Names(path).Count() > 1
            && volume.Content(path[..path.LastIndexOf('/')]) is not null
                ? LittlefsError.NotDirectory
                : LittlefsError.NoEntry;

    private static string Path(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return int.TryParse(name, CultureInfo.InvariantCulture, out var number) && path.Contains('/')
            ? $"{path[..^name.Length]}f{number.ToString("D40", CultureInfo.InvariantCulture)}"
            : path;
    }

    [Fact]
    public void What_the_flash_does_not_have_when_the_chip_stops_is_as_before()
    {
        var now = TimeSpan.Zero;
        var volume = new LittlefsVolume(72) { Committing = () => now += TimeSpan.FromMilliseconds(1) };
        volume.MakeDirectory("/d").ShouldBe(0);
        Store("/d/old", 300);
        Store("/top", 10);
        var (used, before) = (volume.UsedBlocks, now);
        volume.Remove("/top").ShouldBe(0);
        volume.Rename("/d/old", "/new").ShouldBe(0);
        volume.MakeDirectory("/d/inner").ShouldBe(0);
        Store("/d/inner/deep", 5000);
        volume.StopAt(before);
        volume.Content("/d/old")!.Length.ShouldBe(300);
        volume.Content("/top")!.Length.ShouldBe(10);
        volume.Content("/new").ShouldBeNull();
        volume.List("/d")!.Select(entry => entry.Name).ShouldBe(["old"]);
        volume.UsedBlocks.ShouldBe(used);

        // What the flash has stays, and the file system goes on.
        Store("/d/more", 5000);
        volume.StopAt(now);
        volume.Content("/d/more")!.Length.ShouldBe(5000);
        volume.Remove("/d/more").ShouldBe(0);
        volume.UsedBlocks.ShouldBe(used);

        void Store(string path, int bytes)
        {
            var file = volume.Open(path, LittlefsModes.Write | LittlefsModes.Create)!;
            file.Write(new byte[bytes]).ShouldBe(0);
            volume.Close(file);
        }
    }
}
