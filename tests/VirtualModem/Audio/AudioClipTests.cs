using System.Text;
using AirHil.VirtualModem.Audio;

namespace AirHil.VirtualModem.Tests.Audio;

/// <summary>How long a file plays is read from its frames.</summary>
public sealed class AudioClipTests
{
    private static byte[] Mp3(int frames, byte second = 0xFB, byte third = 0x90, int bytes = 417)
    {
        var frame = new byte[bytes];
        (frame[0], frame[1], frame[2], frame[3]) = (0xFF, second, third, 0xC0);
        return [.. Enumerable.Repeat(frame, frames).SelectMany(one => one)];
    }

    [Theory]
    [InlineData(100, 0xFB, 0x90, 417, 2612)] // MPEG-1, 128 kbit/s, 44,100 Hz: 100 × 1,152 samples
    [InlineData(100, 0xF3, 0x88, 576, 3600)] // MPEG-2, 64 kbit/s, 16,000 Hz: 100 × 576 samples, 288 bytes each
    public void The_frames_of_an_mp3_are_added(int frames, byte second, byte third, int bytes, int ms)
    {
        if (second == 0xF3) bytes = 288;
        AudioClip.Length(Mp3(frames, second, third, bytes))!.Value.TotalMilliseconds.ShouldBe(ms, 1);
    }

    [Fact]
    public void A_tag_before_and_dirt_behind_an_mp3_do_not_count()
    {
        byte[] tag = [.. "ID3\x03\0\0\0\0\x01\x00"u8, .. new byte[128]];
        byte[] file = [.. tag, .. Mp3(50), .. Encoding.ASCII.GetBytes("TAG and so on")];
        AudioClip.Length(file)!.Value.TotalMilliseconds.ShouldBe(1306, 1);
    }

    [Theory]
    [InlineData("#!AMR\n", 0x3C, 32)]
    [InlineData("#!AMR\n", 0x04, 13)]
    [InlineData("#!AMR-WB\n", 0x44, 61)]
    public void A_frame_of_amr_is_20_ms(string head, byte type, int bytes)
    {
        byte[] frame = [type, .. new byte[bytes - 1]];
        byte[] file = [.. Encoding.ASCII.GetBytes(head), .. Enumerable.Repeat(frame, 50).SelectMany(one => one), type];
        AudioClip.Length(file).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("LIST\x02\0\0\0ab")]
    [InlineData("LIST\x03\0\0\0abc\0")]
    public void The_data_of_a_wav_has_the_rate_of_its_head(string between)
    {
        byte[] file =
        [
            .. "RIFF\0\0\0\0WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0,
            .. Encoding.ASCII.GetBytes(between), .. "data"u8, 0, 0x7D, 0, 0, .. new byte[32_000],
        ];
        AudioClip.Length(file).ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello, this is no sound")]
    [InlineData("#!AMR\n")]
    [InlineData("#!AMR\n\x50")]
    [InlineData("RIFF")]
    [InlineData("RIFF____WAVEdata____")]
    public void What_is_no_sound_has_no_length(string text) =>
        AudioClip.Length(Encoding.Latin1.GetBytes(text)).ShouldBeNull();

    [Fact]
    public void Random_bytes_are_read_to_their_end()
    {
        var bytes = new byte[100_000];
        var state = 1u;
        foreach (ref var b in bytes.AsSpan()) b = (byte)((state = (state * 1_664_525) + 1_013_904_223) >> 24);
        Should.NotThrow(() => AudioClip.Length(bytes));
        Should.NotThrow(() => AudioClip.Length([.. "RIFF\xFF\xFF\xFF\xFFWAVE"u8, .. bytes]));
    }
}
