using System.Text;

namespace AirHil.Board.Power;

/// <summary>The end of what a program writes, in bounded memory.</summary>
/// <param name="most">How many characters are kept.</param>
internal sealed class OutputTail(int most)
{
    private readonly StringBuilder _text = new();

    /// <summary>Reads to the end; several streams may be read at once.</summary>
    public async Task ReadAsync(StreamReader reader, CancellationToken cancel)
    {
        var buffer = new char[1024];
        try
        {
            while (await reader.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                lock (_text)
                {
                    _text.Append(buffer, 0, count);
                    if (_text.Length > most) _text.Remove(0, _text.Length - most);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // What came so far is what there is to tell.
        }
    }

    /// <summary>The last lines that hold anything.</summary>
    public IReadOnlyList<string> Lines(int count)
    {
        lock (_text)
        {
            var lines = _text.ToString().Split('\n')
                .Select(l => new string([.. l.Where(c => !char.IsControl(c) || c == '\t')]).TrimEnd())
                .Where(l => l.Length > 0).ToArray();
            return lines.Length > count ? lines[^count..] : lines;
        }
    }
}
