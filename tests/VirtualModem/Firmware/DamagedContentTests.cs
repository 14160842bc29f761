using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using AirHil.Modem;
using AirHil.Tests;
using AirHil.VirtualModem.Tests.Displays;
using AirHil.VirtualModem.Tests.Firmware.Libraries.Ciphers;

namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// Sounds, pictures, keys and certificates with changed, missing and doubled bytes: each is an error of Lua, a line of
/// the log or a fault of the module, and nothing of ours is thrown.
/// </summary>
public sealed class DamagedContentTests
{
    private const int ShortRun = 60;

    private const int Variants = 8;

    /// <summary>Layer III, 128 kbit/s, 44.1 kHz: frames of 417 bytes.</summary>
    private static readonly byte[] MpegHead = [0xFF, 0xFB, 0x90, 0x64];

    private const string Uses =
        """
        local function try(f, ...) if not pcall(f, ...) then collectgarbage() end end
        local buffer = zbuff.create(20000)
        spi.setup(0, 8, 0, 0, 8, 20000000)
        lcd.init('st7735', {port = 0, w = 16, h = 8})
        local function use(data)
          io.writeFile('/f.jpg', data)
          try(lcd.showImage, 0, 0, '/f.jpg')
          try(audio.play, 0, '/f.jpg')
          try(audio.playStop, 0)
          for kind = 1, 5 do
            local coder = codec.create(kind)
            if coder then
              try(codec.info, coder, '/f.jpg')
              try(codec.data, coder, buffer)
              try(codec.release, coder)
            end
          end
          try(rsa.sign, data, rsa.MD_SHA256, ('h'):rep(32), 'secret')
          try(rsa.decrypt, data, ('h'):rep(64), 'secret')
          try(rsa.encrypt, data, 'text')
          try(rsa.verify, data, rsa.MD_SHA256, ('h'):rep(32), ('s'):rep(64))
          local s = socket.create(nil, function() end)
          if s then
            try(socket.config, s, nil, false, true, nil, nil, nil, data, data, data, 'secret')
            try(socket.release, s)
          end
        end

        """;

    [Fact]
    public void Nothing_of_ours_is_thrown()
    {
        var told = new HashSet<string>();
        foreach (var seed in LongRun.Seeds(ShortRun, "damaged files"))
        {
            var random = SplitMix64.For((ulong)seed, "damaged content");
            var script = new StringBuilder(Uses);
            for (var i = 0; i < Variants; i++)
            {
                var sample = Samples[random.Below(Samples.Count)];
                script.Append(CultureInfo.InvariantCulture, $"use({Literal(Damaged(sample, random))})\n");
            }

            var bench = new FakeBench(script + "log.info('end') while true do rtos.receive(-1) end");
            Should.NotThrow(() => bench.PowerOn().RunTo(5), $"seed {seed}");
            // The script came to its end, or a fault of the module started it again.
            (bench.Lines.Contains("I/user.end") || bench.Starts.Count > 1).ShouldBeTrue($"seed {seed}");
            told.UnionWith(bench.Lines.Select(line => line.Split(' ')[0]));
        }

        told.ShouldContain("W/lcd");
        told.ShouldContain("W/rs");
        told.ShouldContain("D/codec");
    }

    private static IReadOnlyList<byte[]> Samples { get; } =
    [
        JpegSamples.Quarter, JpegSamples.Grey, JpegSamples.WithRestarts,
        Encoding.ASCII.GetBytes(EncryptedKeys.Of("-aes128 -traditional")),
        Encoding.ASCII.GetBytes(EncryptedKeys.Of("-v2 des3 -v2prf hmacWithSHA1")),
        Encoding.ASCII.GetBytes(RsaLibraryTests.PrivateKey), Encoding.ASCII.GetBytes(RsaLibraryTests.PublicKey),
        [.. "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x08\0\0\0abcdefgh"u8],
        [.. "#!AMR\n"u8, .. new byte[64]],
        [.. "#!AMR-WB\n"u8, .. new byte[64]],
        [.. "ID3\x04\0\0\0\0\0\x0a"u8, .. new byte[10], .. MpegHead, .. new byte[413], .. MpegHead],
    ];

    private static byte[] Damaged(byte[] sample, SplitMix64 random)
    {
        var bytes = sample.ToList();
        for (var count = 1 + random.Below(4); count > 0 && bytes.Count > 8; count--)
        {
            var at = random.Below(bytes.Count);
            switch (random.Below(5))
            {
                case 0:
                    bytes[at] = (byte)random.Below(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Below(bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(40, bytes.Count - at)));
                    break;
                case 3:
                    // A length or a count that is as large as can be, or below zero.
                    var word = new byte[4];
                    BinaryPrimitives.WriteInt32LittleEndian(word, random.Below(2) == 0 ? -1 : int.MaxValue);
                    for (var i = 0; i < 4 && at + i < bytes.Count; i++) bytes[at + i] = word[i];
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Below(8));
                    break;
            }
        }

        return [.. bytes];
    }

    private static string Literal(byte[] bytes) =>
        $"'{string.Concat(bytes.Select(b => b.ToString(@"\\000", CultureInfo.InvariantCulture)))}'";
}
