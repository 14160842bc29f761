using System.Text;
using AirHil.Modem.Messages;
using AirHil.VirtualModem.Storage;
using AirHil.VirtualModem.Storage.Littlefs;

namespace AirHil.VirtualModem.Tests.Storage;

public sealed class StoredFlashTests
{
    private readonly LittlefsVolume _files = new(8);
    private readonly KeyValueStore _keys = new();
    private readonly List<string> _seen = [];
    private readonly StoredFlash _stored;

    public StoredFlashTests()
    {
        _stored = new StoredFlash(_files, _keys)
        {
            Seen = (seen, _) => _seen.Add(
                $"{seen.Name}={(seen.Content is { } content ? Encoding.UTF8.GetString(content.Span) : "none")}"),
        };
    }

    [Theory]
    [InlineData("3")]
    [InlineData("-2147483648")]
    [InlineData("0.5")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("\"Zähler\"")]
    [InlineData("{\"a\": [1, 2]}")]
    public void The_value_of_a_key_is_seen_as_it_was_put(string json)
    {
        Put(true, "k", json).ShouldBeTrue();
        _stored.Watch(new(true, "k"));
        _seen.ShouldBe(["k=" + json]);
    }

    /// <summary>The file of a new key is made before its value is written.</summary>
    [Theory]
    [InlineData("0478", "\"x\"")]
    [InlineData("04", "\"\"")]
    [InlineData("037F800000", "\"inf\"")]
    [InlineData("03FF800000", "\"-inf\"")]
    [InlineData("037FC00000", "\"nan\"")]
    public void A_key_that_is_made_while_it_is_watched_is_seen_with_its_value(string stored, string json)
    {
        _keys.Format();
        _stored.Watch(new(true, "k"));
        _keys.Set("k", Convert.FromHexString(stored)).ShouldBeTrue();
        _seen.ShouldBe(["k=none", "k=" + json]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("x")]
    [InlineData("{\"a\":")]
    [InlineData("\"\\ud800\"")]
    public void A_value_that_is_none_is_refused_and_the_old_one_stays(string json)
    {
        Put(true, "k", "1");
        Put(true, "k", json).ShouldBeFalse();
        _stored.Watch(new(true, "k"));
        _seen.ShouldBe(["k=1"]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Put(false, "/a.txt", new string('x', 100_000)).ShouldBeFalse();
        Put(true, "k", $"\"{new string('x', 5000)}\"").ShouldBeFalse();
        Put(true, new string('k', 70), "1").ShouldBeFalse();
    }

    [Fact]
    public void A_watched_file_is_seen_at_first_and_at_each_change_and_others_are_not()
    {
        _stored.Watch(new(false, "/a/b.txt"));
        Put(false, "/a/b.txt", "one");
        Put(false, "/other.txt", "x");
        Put(false, "/a/b.txt", "one");
        Put(false, "/a/b.txt", "");
        Put(false, "/a/b.txt", null);
        _seen.ShouldBe(["/a/b.txt=none", "/a/b.txt=one", "/a/b.txt=", "/a/b.txt=none"]);
        _files.Content("/other.txt").ShouldBe("x"u8.ToArray());
    }

    [Fact]
    public void A_format_takes_all_away()
    {
        Put(false, "/a.txt", "x");
        Put(true, "k", "1");
        _stored.Watch(new(false, "/a.txt"));
        _stored.Watch(new(true, "k"));
        _files.Format();
        _keys.Format();
        _seen.ShouldBe(["/a.txt=x", "k=1", "/a.txt=none", "k=none"]);
    }

    private bool Put(bool isKey, string name, string? content)
    {
        ReadOnlyMemory<byte>? bytes = null;
        if (content is not null) bytes = Encoding.UTF8.GetBytes(content);
        return _stored.Put(new ModemCommand.PutStored(isKey, name, bytes));
    }
}
