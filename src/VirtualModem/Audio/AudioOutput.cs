using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Audio;

/// <summary>
/// The player behind <c>audio</c> (S:project/luatos/src/luat_audio_ec618.c; the player itself is closed). It sends to
/// I2S whether or not something listens there, and drives the pins of the amplifier and of the converter's supply.
/// </summary>
internal sealed class AudioOutput
{
    private const int Pcm = 1;
    private const int SampleBytes = 2;
    private const int UserStop = -1;

    private static readonly TimeSpan Blank = TimeSpan.FromMilliseconds(100);

    private readonly Board _board;
    private readonly PinBank _pins;
    private readonly SystemHeap _heap;
    private readonly ServiceTimer _amplify;
    private readonly Alarm _ended;
    private readonly Alarm _switchedOff;
    private readonly Queue<Block> _blocks = new();
    private TimeSpan? _paused;
    private bool _playsFiles;
    private bool _asksForData;
    private uint _bytesPerSecond;

    public AudioOutput(Board board, PinBank pins, SystemHeap heap)
    {
        (_board, _pins, _heap) = (board, pins, heap);
        _amplify = board.NewTimer(() => Drive(Amplifier, true));
        _ended = board.NewAlarm(OnEnded);
        _switchedOff = board.NewAlarm(OnSwitchedOff);
    }

    private sealed record Block(TimeSpan Length, int Bytes);

    /// <summary>audio.on.</summary>
    public ScriptCallback Callback { get; } = new();

    /// <summary>What happens to the channel: more data is wanted, or all of it has been played.</summary>
    public Action<AudioEvent>? Happened { get; set; }

    public SwitchedPin Amplifier { get; set; } = SwitchedPin.None;
    public SwitchedPin Converter { get; set; } = SwitchedPin.None;

    /// <summary>Blank pieces of 100 ms before the first sound.</summary>
    public uint Blanks { get; set; } = 6;

    /// <summary>From the beginning, with its blanks, to the amplifier.</summary>
    public TimeSpan AmplifierDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>From the amplifier's end to that of the converter.</summary>
    public TimeSpan ConverterDelay { get; set; }

    /// <summary>
    /// 0: all was played; above: the number of the file that could not be decoded; below: it was stopped.
    /// </summary>
    public int LastError { get; private set; }

    public bool IsIdle => !_ended.IsSet && !_switchedOff.IsSet && _paused is null;

    private bool IsRunning => _ended.IsSet || _paused is not null;

    /// <summary>
    /// Before files are played; false: something else is. A stream asks for no more data from then on, also behind a
    /// refusal.
    /// </summary>
    public bool TryBegin()
    {
        _asksForData = false;
        if (IsIdle) return true;
        if (!_board.Parameters.AudioPlayReplaces) return false;
        Stop();
        _switchedOff.Cancel();
        return true;
    }

    /// <summary>Plays files one behind the other.</summary>
    /// <param name="lengths">How long each plays; null: it cannot be decoded.</param>
    /// <param name="goesOn">Behind a file that cannot be decoded, unless it is the last.</param>
    public void Play(IReadOnlyList<TimeSpan?> lengths, bool goesOn)
    {
        LastError = 0;
        var (sound, played) = (TimeSpan.Zero, 0);
        for (var i = 0; i < lengths.Count; i++)
        {
            if (lengths[i] is { } length)
            {
                sound += length;
                played++;
                continue;
            }

            if (goesOn && i < lengths.Count - 1) continue;
            LastError = i + 1;
            break;
        }

        _playsFiles = true;
        if (sound > TimeSpan.Zero)
        {
            Drive(Converter, true);
            _amplify.Start(AmplifierDelay);
            sound += Blank * Blanks * (_board.Parameters.AudioBlanksEachFile ? played : 1);
        }

        _ended.Set(_board.Now + sound);
    }

    /// <summary>Ends the files; what the driver has already is still played.</summary>
    public void StopFiles()
    {
        if (!_playsFiles || !IsRunning) return;
        LastError = UserStop;
        var left = _paused ?? (_ended.Due - _board.Now);
        _paused = null;
        var most = _board.Parameters.AudioStopTime;
        _ended.Set(_board.Now + (left < most ? left : most));
    }

    /// <summary>Begins a stream of samples; false: the player cannot take it.</summary>
    public bool Start(int format, int channels, uint hertz, int bits, bool isSigned)
    {
        if (!IsIdle || format != Pcm || channels is not (1 or 2) || bits != 16 || !isSigned ||
            !I2sReceiver.IsRate(hertz))
        {
            return false;
        }

        (_playsFiles, LastError) = (false, 0);
        _bytesPerSecond = hertz * (uint)channels * SampleBytes;
        return true;
    }

    /// <summary>Adds to the stream; false: there is none, or no room for the samples.</summary>
    public bool Write(int bytes)
    {
        if (_bytesPerSecond == 0 || (_playsFiles && !IsIdle) || bytes == 0 || !_heap.TryAllocate(bytes)) return false;
        (_playsFiles, _asksForData) = (false, true);
        var block = new Block(TimeSpan.FromSeconds(bytes / (double)_bytesPerSecond), bytes);
        _blocks.Enqueue(block);
        if (_blocks.Count == 1 && _paused is null) _ended.Set(_board.Now + block.Length);
        return true;
    }

    /// <summary>Ends everything at once.</summary>
    public void Stop()
    {
        foreach (var block in _blocks) _heap.Free(block.Bytes);
        _blocks.Clear();
        _ended.Cancel();
        _amplify.Stop();
        (_paused, _bytesPerSecond) = (null, 0);
    }

    /// <summary>Halts the output, or lets it go on; false: there is none.</summary>
    public bool Pause(bool halts)
    {
        if (!IsRunning) return false;
        if (halts && _paused is null)
        {
            _paused = _ended.Due - _board.Now;
            _ended.Cancel();
        }
        else if (!halts && _paused is { } left)
        {
            _paused = null;
            _ended.Set(_board.Now + left);
        }

        return true;
    }

    private void OnEnded()
    {
        if (_blocks.TryDequeue(out var played)) _heap.Free(played.Bytes);
        if (!_playsFiles && ContinueStream()) return;
        _amplify.Stop();
        Drive(Amplifier, false);
        if (ConverterDelay > TimeSpan.Zero) _switchedOff.Set(_board.Now + ConverterDelay);
        else OnSwitchedOff();
    }

    /// <summary>Behind a piece of a stream; false: it was the last one.</summary>
    private bool ContinueStream()
    {
        var hasNext = _blocks.TryPeek(out var next);
        if (_asksForData && (!hasNext || _board.Parameters.AudioAsksEachPiece)) Happened?.Invoke(AudioEvent.MoreData);
        if (hasNext) _ended.Set(_board.Now + next!.Length);
        return hasNext || !_board.Parameters.AudioStreamEnds;
    }

    private void OnSwitchedOff()
    {
        Drive(Converter, false);
        Happened?.Invoke(AudioEvent.Done);
    }

    private void Drive(SwitchedPin pin, bool isOn)
    {
        if (pin.Number is { } number) _pins.Write(number, pin.OnLevel == isOn);
    }
}
