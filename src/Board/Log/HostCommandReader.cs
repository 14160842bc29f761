using System.Text;

namespace AirHil.Board.Log;

/// <summary>
/// Takes host commands out of the bytes that come in on a module's log port, in any pieces. Frames and AT lines may
/// follow each other in any order; anything longer than <see cref="LongestBytes"/> is dropped.
/// </summary>
internal sealed class HostCommandReader
{
    /// <summary>The longest frame or line that is understood, in bytes.</summary>
    public const int LongestBytes = 256;

    private readonly Queue<HostCommand> _commands = new();
    private readonly byte[] _held = new byte[LongestBytes];
    private int _length;
    private State _state = State.Outside;

    private enum State
    {
        Outside,
        Opened,
        Frame,
        Line,
        Skip,
    }

    /// <summary>Bytes that were part of no command.</summary>
    public long DroppedBytes { get; private set; }

    /// <summary>Adds bytes; take the commands before the next push, or they pile up.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes) Push(b);
    }

    public bool TryTake(out HostCommand command) => _commands.TryDequeue(out command!);

    private void Push(byte b)
    {
        switch (_state)
        {
            case State.Outside or State.Opened when b == LogFraming.Delimiter:
                _state = State.Opened;
                break;
            case State.Outside or State.Opened when b is (byte)'\r' or (byte)'\n':
                _state = State.Outside;
                break;
            case State.Outside or State.Opened when char.IsAsciiLetter((char)b) && _state == State.Outside || IsAt(b):
                _state = State.Line;
                Hold(b);
                break;
            case State.Opened:
                _state = State.Frame;
                Hold(b);
                break;
            case State.Outside:
                DroppedBytes++;
                break;
            case State.Frame when b == LogFraming.Delimiter:
                EndFrame();
                break;
            case State.Line when b is (byte)'\r' or (byte)'\n':
                _commands.Enqueue(new HostCommand.At(Encoding.Latin1.GetString(_held, 0, _length)));
                (_state, _length) = (State.Outside, 0);
                break;
            case State.Line when b == LogFraming.Delimiter:
                // A frame begins inside of a line: the line was cut.
                Drop(State.Opened);
                break;
            case State.Skip when b is LogFraming.Delimiter or (byte)'\r' or (byte)'\n':
                _state = b == LogFraming.Delimiter ? State.Opened : State.Outside;
                DroppedBytes++;
                break;
            case State.Skip:
                DroppedBytes++;
                break;
            default:
                if (_length < LongestBytes)
                {
                    Hold(b);
                    break;
                }

                Drop(State.Skip);
                DroppedBytes++;
                break;
        }
    }

    // Behind a delimiter that closed a frame a line may come, and a frame may not begin with the letter A.
    private bool IsAt(byte b) => _state == State.Opened && b is (byte)'A' or (byte)'a';

    private void Hold(byte b) => _held[_length++] = b;

    private void Drop(State next)
    {
        DroppedBytes += _length;
        (_state, _length) = (next, 0);
    }

    private void EndFrame()
    {
        var frame = _held.AsSpan(0, _length);
        _commands.Enqueue(frame switch
        {
            [0, 0] => new HostCommand.StartLog(),
            [0, 1] => new HostCommand.Reboot(),
            [0, 2] => new HostCommand.Download(),
            _ => new HostCommand.Unknown(frame.ToArray()),
        });
        (_state, _length) = (State.Opened, 0);
    }
}
