using System.Text;

namespace AirHil.VirtualModem.Logging;

/// <summary>The levels of <c>log.setLevel</c> (reference §2.8).</summary>
internal enum LogLevel
{
    Debug = 1,
    Info = 2,
    Warn = 3,
    Error = 4,
    Silent = 7,
}

/// <summary>The firmware's log: level, style and the way out (reference §2.8).</summary>
/// <param name="emit">Takes one finished record for the log port.</param>
internal sealed class FirmwareLog(Action<ReadOnlyMemory<byte>> emit)
{
    /// <summary>Records below it are dropped; V1112 starts with DEBUG.</summary>
    public LogLevel Level { get; set; } = LogLevel.Debug;

    /// <summary>0, 1 or 2, see <c>log.style</c>.</summary>
    public int Style { get; set; }

    /// <summary>A record as it is, whatever the level (print, SDK lines).</summary>
    public void Raw(ReadOnlyMemory<byte> record) => emit(record);

    public void Raw(string record) => emit(Encoding.UTF8.GetBytes(record));

    public void Raw(InvariantText record) => Raw(record.Take());

    /// <summary>A C-side record: "X/tag text", cut to 1024 bytes, dropped below the level.</summary>
    public void Write(LogLevel level, string tag, string text)
    {
        if (IsSilent(level)) return;
        var record = Encoding.UTF8.GetBytes($"{"?DIWE"[(int)level]}/{tag} {text}");
        emit(record.Length > MaxRecord ? record.AsMemory(0, MaxRecord) : record);
    }

    public void Write(LogLevel level, string tag, InvariantText text) => Write(level, tag, text.Take());

    /// <summary>The same with a text of bytes: each character is one.</summary>
    public void WriteBytes(LogLevel level, string tag, string bytes)
    {
        if (IsSilent(level)) return;
        var record = Encoding.Latin1.GetBytes($"{"?DIWE"[(int)level]}/{tag} {bytes}");
        emit(record.Length > MaxRecord ? record.AsMemory(0, MaxRecord) : record);
    }

    public void WriteBytes(LogLevel level, string tag, InvariantText bytes) => WriteBytes(level, tag, bytes.Take());

    /// <summary>C compares unsigned: a negative level of the script's silences the firmware, not the script.</summary>
    private bool IsSilent(LogLevel level) => (uint)Level > (uint)level;

    private const int MaxRecord = 1024;
}
