using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Scenarios;

/// <summary>
/// Matches bytes that a module sends on a serial line, however they are cut into events: the stream is searched from
/// the cursor on, and what follows the match in its event stays for the next expectation.
/// </summary>
internal sealed class UartMatcher(string description, int port, ReadOnlyMemory<byte> wanted) : Matcher(description)
{
    internal override MatcherScan Begin() => new Scan(this, port, wanted);

    private sealed class Scan(UartMatcher matcher, int port, ReadOnlyMemory<byte> wanted) : MatcherScan
    {
        private byte[] _stream = [];
        private int _used;

        public override int? Used => _used;

        public override bool Feed(in Sighting sighting, int skip)
        {
            if (sighting.Event is not UartOut e || e.Port != port) return false;
            if (matcher.Modem is not null && !string.Equals(e.Modem, matcher.Modem, StringComparison.Ordinal))
            {
                return false;
            }

            var news = e.Bytes.Span[Math.Min(skip, e.Bytes.Length)..];
            // Only the tail that a match could begin in is carried over.
            var keep = Math.Min(_stream.Length, Math.Max(0, wanted.Length - 1));
            var joined = new byte[keep + news.Length];
            _stream.AsSpan(_stream.Length - keep).CopyTo(joined);
            news.CopyTo(joined.AsSpan(keep));
            _stream = joined;
            var at = joined.AsSpan().IndexOf(wanted.Span);
            if (at < 0) return false;
            _used = e.Bytes.Length - news.Length + at + wanted.Length - keep;
            return true;
        }
    }
}
