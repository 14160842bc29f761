using System.Text;

namespace AirHil.Cli.Streams;

/// <summary>A writer that lets no control sequence through (<see cref="PlainText"/>).</summary>
internal sealed class PlainWriter(TextWriter output, int longest) : TextWriter
{
    private const string Cut = " … ";

    /// <summary>A writer over another one, which it does not own.</summary>
    /// <param name="longest">
    /// Characters of a line that is written at once; of a longer one the middle is left out, as of a message that
    /// quotes a wrong value.
    /// </param>
    public static TextWriter Over(TextWriter output, int longest = int.MaxValue) => new PlainWriter(output, longest);

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => output.Write(PlainText.Of(value.ToString()));

    public override void Write(char[] buffer, int index, int count) =>
        output.Write(PlainText.Of(new string(buffer, index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => output.Write(PlainText.Of(buffer.ToString()));

    public override void Write(string? value) => output.Write(value is null ? null : PlainText.Of(value));

    public override void WriteLine(string? value) =>
        output.WriteLine(value is null ? null : PlainText.Of(Shortened(value)));

    public override void Flush() => output.Flush();

    private string Shortened(string text) => text.Length <= longest
        ? text
        : string.Join('\n', text.Split('\n').Select(line => line.Length <= longest
            ? line
            : string.Concat(line.AsSpan(0, longest * 2 / 3), Cut, line.AsSpan(line.Length - (longest / 3)))));
}
