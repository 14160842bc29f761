using AirHil.Modem;

namespace AirHil.Rig.Tests.World;

/// <summary>
/// A machine of strings: a number asks for a wake after so many milliseconds; "break" breaks it; anything else is said
/// again.
/// </summary>
internal sealed class TestMachine : ISansIoMachine<string, string>
{
    private readonly Queue<string> _outputs = new();
    private readonly PriorityQueue<int, TimeSpan> _wakes = new();

    /// <summary>It asks to be woken at once, for ever.</summary>
    public bool IsRestless { get; init; }

    public TimeSpan? NextTimeout => IsRestless ? TimeSpan.Zero : _wakes.TryPeek(out _, out var due) ? due : null;

    public void Handle(string input, TimeSpan now)
    {
        if (input == "break") throw new InvalidOperationException("the model broke");
        if (int.TryParse(input, out var ms)) _wakes.Enqueue(ms, now + TimeSpan.FromMilliseconds(ms));
        else _outputs.Enqueue(input);
    }

    public void HandleTimeout(TimeSpan now)
    {
        while (_wakes.TryPeek(out var ms, out var due) && due <= now)
        {
            _wakes.Dequeue();
            _outputs.Enqueue($"{ms}");
        }
    }

    public bool TryTake(out string output) => _outputs.TryDequeue(out output!);
}
