using System.Buffers.Binary;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Audio;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Libraries.Audio;

/// <summary>
/// <c>codec</c> (L:components/multimedia/luat_lib_multimedia_codec.c). It reads the heads of MP3 and WAV, and the
/// samples of WAV. The samples of an MP3 are not modelled. An encoder gives frames of the right lengths, as they are in
/// files and packets (RFC 4867, 5.3), without a sound in them.
/// </summary>
internal static class CodecLibrary
{
    private const string TypeName = "MCODER*";
    private const int Mp3 = 2;
    private const int Wav = 3;
    private const int Amr = 4;
    private const int Samples = 1;

    /// <summary>sizeof(luat_multimedia_codec_t).</summary>
    private const int ObjectSize = 64;

    /// <summary>sizeof(mp3dec_t) of minimp3.</summary>
    private const int DecoderBytes = 6_668;

    /// <summary>MP3_FRAME_LEN.</summary>
    private const int Mp3Bytes = 4 * 1152;

    private const int HeadBytes = 10;

    /// <summary>Samples of a frame of AMR: 20 ms of 8 kHz.</summary>
    private const int AmrSamples = 160;

    /// <summary>Bytes of a frame of each mode, MR475 to MR122, with its head.</summary>
    private static readonly int[] AmrBytes = [13, 14, 16, 18, 20, 21, 27, 32];

    private static readonly NativeFunction Collect = new("__gc", Release);

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("codec")
        .Add("create", Create)
        .Add("info", Info)
        .Add("data", Data)
        .Add("encode", Encode)
        .Add("release", Release);

    private sealed class Coder(int type, bool decodes)
    {
        public int Type => type;
        public bool Decodes => decodes;
        public OpenFile? File { get; set; }

        /// <summary>Bytes of a piece of WAV.</summary>
        public int Piece { get; set; }

        /// <summary>Whether it holds the decoder's block of the system heap.</summary>
        public bool HasDecoder { get; set; }

        /// <summary>Whether it holds a buffer for MP3 as well.</summary>
        public bool HasBuffer { get; set; }

        public bool IsReleased { get; set; }
    }

    private static int Create(in LuaCall call)
    {
        var type = unchecked((byte)call.IntOr(1, Mp3));
        var decodes = !call[2].IsBoolean || call.Truthy(2);
        if (!decodes && type != Amr) return call.Return();
        var coder = new Coder(type, decodes);
        if (decodes && type == Mp3)
        {
            if (!call.Host<FirmwareHost>().SystemHeap.TryAllocate(DecoderBytes)) return call.Return();
            coder.HasDecoder = true;
        }

        return call.Return(call.State.NewUserdata(
            coder, TypeMetatable.Of(call.State, TypeName, ("__gc", Collect)), ObjectSize));
    }

    /// <summary>What the C code leaves uninitialised where it finds nothing is 0 here.</summary>
    private static int Info(in LuaCall call)
    {
        var coder = call.Payload<Coder>(1, TypeName);
        var host = call.Host<FirmwareHost>();
        var head = SoundHead.None;
        if (host.Files.Open(LuaText.Path(call.String(2)), "r") is { } file)
        {
            if (coder.Type == Mp3) head = Mp3Head(call, coder, file);
            else if (coder.Type == Wav) head = WaveHead(host, coder, file);
            if (!head.IsFound) file.Close();
            else coder.File = file; // One that was open stays so.
        }

        return call.Return(
        [
            head.IsFound, LuaValue.Integer(head.Format), LuaValue.Integer(head.Channels),
            LuaValue.Integer(head.Hertz), LuaValue.Integer(head.Bits), LuaValue.True,
        ]);
    }

    private readonly record struct SoundHead(bool IsFound, int Format, int Channels, int Hertz, int Bits)
    {
        public static readonly SoundHead None = new(false, 0, 0, 0, 16);
    }

    /// <summary>
    /// Without a tag the first ten bytes are not looked at again, so that the second frame is the first seen. The
    /// buffer of an earlier call is lost.
    /// </summary>
    private static SoundHead Mp3Head(in LuaCall call, Coder coder, OpenFile file)
    {
        if (!coder.HasDecoder) throw NullPointer.Error(call, "codec.info of a decoder that is released");
        coder.HasBuffer = call.Host<FirmwareHost>().SystemHeap.TryAllocate(Mp3Bytes);
        var head = file.Read(HeadBytes);
        if (head.Length < HeadBytes) return SoundHead.None;
        if (head.AsSpan().StartsWith("ID3"u8)) file.Seek(MpegFrame.Start(head) - HeadBytes, SeekOrigin.Begin);
        var data = file.Read(Mp3Bytes);
        return MpegFrame.Find(data, 0) is (_, var frame)
            ? new SoundHead(true, Samples, frame.Channels, frame.Hertz, 16)
            : new SoundHead(false, Samples, 0, 0, 16);
    }

    private static SoundHead WaveHead(FirmwareHost host, Coder coder, OpenFile file)
    {
        var head = file.Read(12);
        if (!head.AsSpan().StartsWith("RIFF"u8) && !(head.Length == 12 && head.AsSpan(8).StartsWith("WAVE"u8)))
        {
            return Wrong(host, "head error");
        }

        var chunk = file.Read(8);
        if (chunk.Length < 8 || !chunk.AsSpan().StartsWith("fmt "u8)) return Wrong(host, "no fmt");
        var format = file.Read(BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4)));
        if (format.Length < 16) return Wrong(host, "no data");
        var hertz = BinaryPrimitives.ReadUInt32LittleEndian(format.AsSpan(4));
        coder.Piece = (int)(unchecked(format[12] * hertz) >> 3 & ~3u);
        chunk = file.Read(8);
        if (chunk.Length == 8 && chunk.AsSpan().StartsWith("fact"u8))
        {
            file.Seek(BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(4)), SeekOrigin.Current);
            chunk = file.Read(8);
        }

        var isFound = chunk.AsSpan().StartsWith("data"u8);
        if (!isFound) Wrong(host, "no data");
        return new SoundHead(isFound, format[0], format[2], unchecked((int)hertz), format[14]);
    }

    private static SoundHead Wrong(FirmwareHost host, string why)
    {
        host.Log.Write(LogLevel.Debug, "codec", why);
        return SoundHead.None;
    }

    private static int Data(in LuaCall call)
    {
        var coder = call.Payload<Coder>(1, TypeName);
        var buffer = ZbuffLibrary.Argument(call, 2);
        _ = call.IntOr(3, 16_384);
        buffer.Used = 0;
        if (coder.Type == Mp3) throw NotModelled.Error(call, "codec.data of MP3");
        if (coder.Type != Wav || coder.File is not { } file) return call.Return(false);
        var data = file.Read(coder.Piece);
        call.State.ChargeBytes(data.Length);
        if (data.Length > buffer.Length)
        {
            call.Host<FirmwareHost>().Notice(
                $"codec.data: {data.Length} bytes are read into a zbuff of {buffer.Length}");
            data = data[..buffer.Length];
        }

        data.CopyTo(buffer.Memory);
        buffer.Used = data.Length;
        return call.Return(data.Length > 0);
    }

    private static int Encode(in LuaCall call)
    {
        var coder = call.Payload<Coder>(1, TypeName);
        var samples = ZbuffLibrary.ArgumentOrNull(call, 2);
        var encoded = ZbuffLibrary.Argument(call, 3);
        var mode = call.IntOr(4, 0);
        if (samples is null || coder.Type != Amr || coder.Decodes) return call.Return(false);
        if (coder.IsReleased) throw NullPointer.Error(call, "codec.encode with an encoder that is released");
        if ((uint)mode >= AmrBytes.Length) mode = 0;
        var frame = new byte[AmrBytes[mode]];
        frame[0] = (byte)((mode << 3) | 4); // The quality bit.
        call.Host<FirmwareHost>().Notice("codec.encode: its frames have the right lengths, and no sound in them");
        call.State.ChargeBytes(samples.Used);
        for (var left = samples.Used / 2; left >= AmrSamples; left -= AmrSamples)
        {
            if (encoded.Room < frame.Length
                && !ZbuffMethods.TryGrow(call, encoded, (2L * encoded.Length) + frame.Length))
            {
                return call.Return(false);
            }

            encoded.Write(frame);
        }

        return call.Return(true);
    }

    private static int Release(in LuaCall call)
    {
        var coder = call.Payload<Coder>(1, TypeName);
        coder.File?.Close();
        coder.File = null;
        var heap = call.Host<FirmwareHost>().SystemHeap;
        if (coder.HasBuffer) heap.Free(Mp3Bytes);
        if (coder.HasDecoder) heap.Free(DecoderBytes);
        (coder.HasBuffer, coder.HasDecoder, coder.IsReleased) = (false, false, true);
        return call.Return();
    }
}
