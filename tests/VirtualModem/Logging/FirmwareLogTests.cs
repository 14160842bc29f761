using System.Text;

using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Tests.Logging;

/// <summary>Levels and lengths of the firmware's own records (reference §2.8).</summary>
public sealed class FirmwareLogTests
{
    private readonly List<string> _records = [];
    private readonly FirmwareLog _log;

    public FirmwareLogTests() => _log = new FirmwareLog(record => _records.Add(Encoding.UTF8.GetString(record.Span)));

    [Theory]
    [InlineData(LogLevel.Debug, "DIWE")]
    [InlineData(LogLevel.Info, "IWE")]
    [InlineData(LogLevel.Warn, "WE")]
    [InlineData(LogLevel.Error, "E")]
    [InlineData(LogLevel.Silent, "")]
    internal void A_level_lets_through_what_is_as_grave_or_graver(LogLevel level, string letters)
    {
        _log.Level = level;
        foreach (var each in (LogLevel[])[LogLevel.Debug, LogLevel.Info, LogLevel.Warn, LogLevel.Error])
        {
            _log.Write(each, "net", "text");
        }

        _records.ShouldBe(letters.Select(letter => $"{letter}/net text"));
    }

    [Fact]
    public void It_starts_at_debug() => _log.Level.ShouldBe(LogLevel.Debug);

    [Theory]
    [InlineData(1018, 1024)] // with "I/net " in front
    [InlineData(1019, 1024)]
    [InlineData(1017, 1023)]
    public void A_record_is_cut_to_1024_bytes(int text, int record)
    {
        _log.Write(LogLevel.Info, "net", new string('x', text));
        _records.Single().Length.ShouldBe(record);
    }

    [Fact]
    public void A_raw_record_knows_no_level_and_no_limit()
    {
        _log.Level = LogLevel.Silent;
        _log.Raw(new string('x', 2000));
        _records.Single().Length.ShouldBe(2000);
    }
}
