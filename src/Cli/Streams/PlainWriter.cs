using System.Text;

namespace AirHil.Cli.Streams;

/// <summary>A writer that lets no control sequence through (<see cref="PlainText"/>).</summary>
internal sealed class PlainWriter(TextWriter output) : TextWriter
{
    /// <summary>A writer over another one, which it does not own.</summary>
    public static TextWriter Over(TextWriter output) => new PlainWriter(output);

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => output.Write(PlainText.Of(value.ToString()));

    public override void Write(char[] buffer, int index, int count) =>
        output.Write(PlainText.Of(new string(buffer, index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => output.Write(PlainText.Of(buffer.ToString()));

    public override void Write(string? value) => output.Write(value is null ? null : PlainText.Of(value));

    public override void WriteLine(string? value) => output.WriteLine(value is null ? null : PlainText.Of(value));

    public override void Flush() => output.Flush();
}
