using System.Text;

namespace AirHil.Cli.Tests;

/// <summary>Keeps what a command writes to one of its outputs, as text and as bytes, in the order of writing.</summary>
internal sealed class CapturedOutput : IDisposable
{
    private readonly KeptStream _bytes = new();

    public CapturedOutput() =>
        Text = TextWriter.Synchronized(
            new StreamWriter(_bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });

    public TextWriter Text { get; }

    public Stream Bytes => _bytes;

    public void Dispose() => Text.Dispose();

    public override string ToString() => Encoding.UTF8.GetString(_bytes.ToArray());

    /// <summary>Who closes standard output does not close it for the others.</summary>
    private sealed class KeptStream : MemoryStream
    {
        public override void Close()
        {
        }
    }
}
