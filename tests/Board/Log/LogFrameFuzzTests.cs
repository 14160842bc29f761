using System.Diagnostics;
using System.Globalization;
using AirHil.Board.Log;
using AirHil.Tests;

namespace AirHil.Board.Tests.Log;

/// <summary>Nothing that was whole is lost, nothing crashes, memory is bounded, whatever comes.</summary>
[Collection(nameof(MeasuredAlone))]
public class LogFrameFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Whole_frames_survive_cuts_joins_flips_and_noise_around_them()
    {
        foreach (var seed in LongRun.Seeds(3_000, "streams"))
        {
            var stream = new FrameStream(seed);
            var reader = new LogFrameReader(joinSplitLines: false);
            var records = new Queue<LogRecord>();
            foreach (var chunk in stream.Chunks())
            {
                reader.Push(chunk);
                while (reader.TryTake(out var record)) records.Enqueue(record);
            }

            foreach (var (tick, text) in stream.Whole)
            {
                var found = false;
                while (!found && records.TryDequeue(out var record))
                {
                    found = record.TickMs == tick && record.Text.Span.SequenceEqual(text);
                }

                found.ShouldBeTrue($"seed {seed}: a whole frame was lost: {Convert.ToHexString(text)}");
            }
        }
    }

    [Fact]
    public void Every_byte_is_accounted_for()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var noise = new byte[random.Next(2000)];
            random.NextBytes(noise);
            for (var i = 0; i < noise.Length; i += 17) noise[i] = 0x7E;
            var reader = new LogFrameReader(joinSplitLines: false);
            Wire.Read(reader, [.. noise, 0x7E], 13);
            var counters = reader.Counters;
            counters.Bytes.ShouldBe(noise.Length + 1);
            (counters.DroppedBytes + counters.Held).ShouldBeLessThanOrEqualTo(counters.Bytes);
            counters.Held.ShouldBe(0);
        }
    }

    /// <summary>32 MB by default, 1 GB where AIRHIL_SOAK is 1.</summary>
    [Fact]
    public void A_gigabyte_of_noise_neither_crashes_nor_grows()
    {
        var total = LongRun.IsSoak ? 1L << 30 : 32L << 20;
        var reader = new LogFrameReader();
        var random = new Random(1);
        var chunk = new byte[64 << 10];
        var whole = Wire.Frame("I/user.a\twhole", 77);
        long sent = 0, seen = 0, expected = 0;
        var start = GC.GetTotalMemory(forceFullCollection: true);
        var peak = start;
        var clock = Stopwatch.StartNew();
        for (var round = 0; sent < total; round++)
        {
            var length = random.Next(1, chunk.Length);
            Fill(chunk.AsSpan(0, length), random, round);
            reader.Push(chunk.AsSpan(0, length));
            // The delimiter ends the noise; one frame behind it is whole.
            reader.Push([0x7E]);
            reader.Push(whole);
            expected++;
            sent += length + 1 + whole.Length;
            reader.Counters.Held.ShouldBeLessThanOrEqualTo(LogFraming.LongestFrameBytes);
            while (reader.TryTake(out var record))
            {
                if (record.TickMs == 77 && record.Text.Span.SequenceEqual("I/user.a\twhole"u8)) seen++;
            }

            if (round % 64 == 0) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }

        var rate = sent / clock.Elapsed.TotalSeconds / (1 << 20);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sent >> 20} MB in {clock.Elapsed.TotalSeconds:F1} s ({rate:F0} MB/s), " +
            $"grown by {(peak - start) >> 10} KB"));
        output.WriteLine(reader.Counters.ToString());
        seen.ShouldBe(expected);
        (peak - start).ShouldBeLessThan(16 << 20);
    }

    // Noise that the reader's states meet: any bytes, no delimiter, nothing else, escapes, text, heads without tails.
    private static void Fill(Span<byte> bytes, Random random, int round)
    {
        random.NextBytes(bytes);
        switch (round % 6)
        {
            case 1:
                foreach (ref var b in bytes) b = b == 0x7E ? (byte)0 : b;
                break;
            case 2:
                bytes.Fill(0x7E);
                break;
            case 3:
                foreach (ref var b in bytes) b = b < 128 ? (byte)0x7D : b;
                break;
            case 4:
                foreach (ref var b in bytes) b = (byte)(0x20 + b % 0x5F);
                break;
            case 5:
                var head = Wire.Hex(Wire.RealFrame).AsSpan(0, 25);
                for (var at = 0; at + head.Length < bytes.Length; at += head.Length) head.CopyTo(bytes[at..]);
                break;
            default:
                break;
        }
    }

    /// <summary>Frames, some of them damaged, with noise between, and what of it must come out.</summary>
    private sealed class FrameStream
    {
        private readonly Random _random;
        private readonly List<byte> _wire = [];

        public FrameStream(int seed)
        {
            _random = new Random(seed);
            var lastIsWhole = false;
            for (var i = _random.Next(1, 12); i > 0; i--)
            {
                if (_random.Next(4) == 0) Noise(ref lastIsWhole);
                Frame(ref lastIsWhole);
            }
        }

        public List<(uint Tick, byte[] Text)> Whole { get; } = [];

        public IEnumerable<byte[]> Chunks()
        {
            var longest = _random.Next(1, 200);
            for (var at = 0; at < _wire.Count;)
            {
                var length = Math.Min(_random.Next(1, longest + 1), _wire.Count - at);
                yield return _wire.GetRange(at, length).ToArray();
                at += length;
            }
        }

        private void Noise(ref bool lastIsWhole)
        {
            var noise = new byte[_random.Next(1, 60)];
            _random.NextBytes(noise);
            _wire.AddRange(noise);
            lastIsWhole = false;
        }

        private void Frame(ref bool lastIsWhole)
        {
            var text = new byte[_random.Next(1, 80)];
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = _random.Next(4) == 0 ? (byte)_random.Next(0x7D, 0x7F) : (byte)_random.Next(1, 256);
            }

            var tick = (uint)_random.Next();
            var frame = Wire.Frame(text, tick);
            if (_random.Next(2) == 0) HdlcEscapes(frame);
            // One delimiter may serve two frames, as long as the one before is whole.
            if (lastIsWhole && _random.Next(3) == 0) frame = frame[1..];
            lastIsWhole = _random.Next(4) != 0;
            if (lastIsWhole) Whole.Add((tick, text));
            else Damage(ref frame);
            _wire.AddRange(frame);
        }

        private static void HdlcEscapes(byte[] frame)
        {
            for (var i = 0; i < frame.Length - 1; i++)
            {
                if (frame[i] == 0x7D) frame[i + 1] = frame[i + 1] == 0x02 ? (byte)0x5E : (byte)0x5D;
            }
        }

        private void Damage(ref byte[] frame)
        {
            switch (_random.Next(4))
            {
                case 0:
                    frame = frame[.._random.Next(frame.Length)];
                    break;
                case 1:
                    frame = frame[_random.Next(frame.Length)..];
                    break;
                case 2:
                    var cut = _random.Next(frame.Length);
                    frame = [.. frame[..cut], .. frame[Math.Min(frame.Length, cut + _random.Next(1, 9))..]];
                    break;
                default:
                    frame[_random.Next(frame.Length)] ^= (byte)(1 << _random.Next(8));
                    break;
            }
        }
    }
}
