using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Update;

/// <summary>
/// Takes an update of the firmware piece by piece, and checks it (S:project/luatos/src/luat_fota_ec618.c): a head, then
/// the scripts, then the changes of the core. What the next start does with it is not modelled.
/// </summary>
/// <param name="checksum">A CRC-32 as zlib has it.</param>
/// <param name="marked">Hears whether flash has a whole update. The next start takes it.</param>
internal sealed class UpdateWriter(
    Board board, SystemHeap heap, Func<byte[], uint> checksum, Action<bool> marked)
{
    public const string Tag = "fota";

    /// <summary>What a write gives while more is expected, at the end, and behind an error.</summary>
    public const int More = 1;

    public const int Whole = 0;
    public const int Failed = -1;

    private const uint Magic = 0xEAF18C16;
    private const int HeadBytes = 92;
    private const int Sector = 4096;
    private const int BufferBytes = 4 * Sector;

    /// <summary>
    /// The place of the scripts, and behind it that of the core's changes, in bytes; the file system follows
    /// (S:project/luatos/inc/luat_conf_bsp.h, S:PLAT/device/target/board/ec618_0h00/common/inc/mem_map.h).
    /// </summary>
    private const uint ScriptPlace = 96 * 1024;

    private const uint CorePlace = 512 * 1024;

    /// <summary>Where things are in the head: its own sum, what that is of, two lengths, and a digest.</summary>
    private const int SumAt = 4;

    private const int SummedFrom = 8;
    private const int ScriptLengthAt = 52;
    private const int CoreLengthAt = 56;
    private const int DigestAt = 60;
    private const int DigestBytes = 16;

    /// <summary>The head, the table of the sum and the state of the digest.</summary>
    private static readonly int[] Blocks = [HeadBytes, 1024, 88];

    private readonly List<byte> _data = [];

    /// <summary>MD5 of the scripts so far: only flash keeps the scripts themselves.</summary>
    private readonly IncrementalHash _sum = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    private byte[] _head = [];
    private State _state;
    private uint _done;
    private int _taken;
    private int _bufferBytes;
    private bool _isOpen;
    private bool _isTooLong;

    private enum State
    {
        Idle,
        Script,
        Core,
        Accepted,
    }

    /// <summary>Whether a package is on its way: its head is known, and its end has not come.</summary>
    public bool IsUnderWay => _state is State.Script or State.Core;

    /// <summary>Forgets what there was, a whole update, too. False: the system heap has no room.</summary>
    public bool Open()
    {
        if (!_isOpen)
        {
            var taken = Blocks.TakeWhile(bytes => heap.TryAllocate(bytes)).ToList();
            if (taken.Count < Blocks.Length)
            {
                foreach (var bytes in taken) heap.Free(bytes);
                Log("fota init fail, out of sys memory!!!");
                return false;
            }

            _isOpen = true;
        }

        marked(false);
        _state = State.Idle;
        Drop();
        if (_bufferBytes == 0 && heap.TryAllocate(BufferBytes)) _bufferBytes = BufferBytes;
        return true;
    }

    /// <summary>Takes a piece.</summary>
    /// <returns><see cref="More"/>, <see cref="Whole"/> or <see cref="Failed"/>.</returns>
    public int Write(ReadOnlySpan<byte> piece)
    {
        if (!_isOpen)
        {
            Log("fota need init");
            return Failed;
        }

        Grow(_data.Count + piece.Length);
        _data.AddRange(piece);
        int? result = null;
        while (result is null)
        {
            result = _state switch
            {
                State.Idle => ReadHead(),
                State.Script => WriteScript(),
                State.Core => WriteCore(),
                _ => Whole,
            };
        }

        _data.RemoveRange(0, _taken);
        _taken = 0;
        return result.Value;
    }

    /// <summary>How far it is, as <see cref="Write"/> tells it.</summary>
    public int Progress => _state switch
    {
        State.Idle => Failed,
        State.Accepted => Whole,
        _ => More,
    };

    /// <summary>It is over. False: nothing whole is there, and what is there is dropped.</summary>
    public bool Close()
    {
        if (_state == State.Accepted) return true;
        Release();
        Log("fota failed");
        return false;
    }

    /// <summary>
    /// The buffer takes a larger block for what does not fit (OS_BufferWrite), and keeps it. C does not look whether it
    /// got it.
    /// </summary>
    private void Grow(int bytes)
    {
        if (bytes <= _bufferBytes) return;
        if (!heap.TryAllocate(bytes))
        {
            board.Notice(string.Create(
                CultureInfo.InvariantCulture,
                $"fota: the system heap has no room for {bytes} bytes of an update, which V1112 writes over other " +
                $"memory. Give smaller pieces."));
            return;
        }

        if (_bufferBytes > 0) heap.Free(_bufferBytes);
        _bufferBytes = bytes;
    }

    /// <summary>The next bytes; null: there are not so many.</summary>
    private byte[]? Take(int count)
    {
        if (_data.Count - _taken < count) return null;
        byte[] bytes = [.. _data[_taken..(_taken + count)]];
        _taken += count;
        return bytes;
    }

    private void Drop()
    {
        _data.Clear();
        _taken = 0;
    }

    /// <summary>Null: the next part is looked at.</summary>
    private int? ReadHead()
    {
        if (_data.Count - _taken <= HeadBytes || Take(HeadBytes) is not { } head) return More;
        _head = head;
        if (Word(0) != Magic)
        {
            return Refuse(string.Create(CultureInfo.InvariantCulture, $"magic num error {Word(0):x}"));
        }

        var sum = ~checksum(_head[SummedFrom..]);
        if (sum != Word(SumAt))
        {
            return Refuse(string.Create(
                CultureInfo.InvariantCulture, $"file head crc32 error {sum:x},{Word(SumAt):x}"));
        }

        (_done, _isTooLong) = (0, false);
        _sum.GetHashAndReset();
        _state = Word(ScriptLengthAt) > 0 ? State.Script : State.Core;
        Log(_state == State.Script ? "write stript data" : "write core data");
        return null;
    }

    private int? WriteScript()
    {
        if (TakeSector(Word(ScriptLengthAt), ScriptPlace + CorePlace) is not { } sector) return More;
        _sum.AppendData(sector);
        if (_done < Word(ScriptLengthAt)) return null;
        Log("stript data done, now checking");
        if (!_sum.GetHashAndReset().AsSpan().SequenceEqual(_head.AsSpan(DigestAt, DigestBytes)))
        {
            return Refuse("stript data md5 check failed");
        }

        Log("stript data md5 ok");
        if (Word(CoreLengthAt) == 0)
        {
            Log("stript data md5 ok");
            return Accept();
        }

        (_state, _done) = (State.Core, 0);
        Log("write core data");
        return null;
    }

    private int? WriteCore()
    {
        if (TakeSector(Word(CoreLengthAt), CorePlace) is null) return More;
        if (_done < Word(CoreLengthAt)) return null;
        Log("validate delta ok!");
        if (!board.Parameters.TakesCoreUpdates) return Refuse("however, base fw is unmatched!");
        Log("sdk data ok!");
        return Accept();
    }

    /// <summary>The next bytes of a part, a sector of flash at most; null: they are not there.</summary>
    /// <param name="length">The part's bytes.</param>
    /// <param name="room">How many there are from its place to the file system.</param>
    private byte[]? TakeSector(uint length, uint room)
    {
        var count = (int)Math.Min(Sector, length - _done);
        if (Take(count) is not { } sector) return null;
        _done += (uint)count;
        if (_done > room && !_isTooLong)
        {
            _isTooLong = true;
            board.Notice(string.Create(
                CultureInfo.InvariantCulture,
                $"a part of an update has {length} bytes and {room} up to the file system, which V1112 overwrites."));
        }

        return sector;
    }

    private int Accept()
    {
        _state = State.Accepted;
        Release();
        Log("fota ok!, wait reboot");
        marked(true);
        return Whole;
    }

    private int Refuse(string why)
    {
        Log(why);
        _state = State.Idle;
        Drop();
        return Failed;
    }

    private void Release()
    {
        if (_isOpen)
        {
            foreach (var bytes in Blocks) heap.Free(bytes);
        }

        if (_bufferBytes > 0) heap.Free(_bufferBytes);
        (_isOpen, _bufferBytes) = (false, 0);
        Drop();
    }

    private uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_head.AsSpan(at));

    private void Log(string text) => board.Log.Write(LogLevel.Info, Tag, text);
}
