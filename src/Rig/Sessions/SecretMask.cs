using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Ftp;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Replaces secrets by pseudonyms of the same length and kind: IMEIs (15 digits), ICCIDs (19 or 20 digits), values of
/// headers that authorize (Authorization, Cookie, …Token, …Key, …Secret), passwords of FTP, and from then on those
/// values wherever they stand.
/// </summary>
internal sealed partial class SecretMask(MaskOptions options) : IEventMask, IDisposable
{
    private const int MostValues = 1000;
    private const int ShortestValue = 4;
    private const int ImeiDigits = 15;
    private readonly IncrementalHash _keyed = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, options.Key.Span);
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, Connection), FrameRest> _frames = [];

    /// <summary>How many places were replaced.</summary>
    public long Count { get; private set; }

    /// <summary>The bytes of an event.</summary>
    public ReadOnlyMemory<byte> Mask(SessionEvent e) => e is TcpSent sent ? MaskFrames(sent) : MaskBytes(e.Bytes);

    public SessionNote Apply(SessionNote note)
    {
        if (note is SessionNote.PeerConnected peer) return peer with { Script = Apply(peer.Script) };
        if (note is SessionNote.EndpointOpened opened)
        {
            return opened with { Endpoint = opened.Endpoint with { Behavior = Apply(opened.Endpoint.Behavior) } };
        }

        if (note is not SessionNote.FirmwareLoaded loaded) return note;
        var files = loaded.Firmware.Files
            .Select(f => new KeyValuePair<string, ReadOnlyMemory<byte>>(f.Key, MaskBytes(f.Value))).ToArray();
        return files.Zip(loaded.Firmware.Files).All(f => f.First.Value.Equals(f.Second.Value))
            ? note
            : loaded with { Firmware = FirmwareSource.FromBytes(loaded.Firmware.Name, files) };
    }

    public void Dispose() => _keyed.Dispose();

    private EndpointBehavior Apply(EndpointBehavior behavior) => behavior switch
    {
        ScriptedService service => new ScriptedService(Apply(service.Script)),
        FtpServer server => server with
        {
            Users = [.. server.Users.Select(user => user with { Password = OfPassword(user.Password) })],
        },
        _ => behavior,
    };

    private string OfPassword(string value) =>
        value.Length < ShortestValue ? value : PseudonymOf(value, learn: true);

    private PeerScript Apply(PeerScript script) => script with
    {
        Text = Mask(script.Text),
        Modules = Mask(script.Modules),
        Parameters = Mask(script.Parameters),
    };

    private KeyValuePair<string, string>[] Mask(IReadOnlyList<KeyValuePair<string, string>> texts) =>
        [.. texts.Select(t => KeyValuePair.Create(t.Key, Mask(t.Value)))];

    [GeneratedRegex(
        @"(?<name>\b(?:proxy-)?authorization|\b(?:set-)?cookie|(?:token|api-?key|secret|passw(?:or)?d))" +
        @"(?<gap>[""']?\]?\s*[:=]\s*(?:[""']\s*)?(?:(?:bearer|basic|digest|token)\s+)?)(?<value>[^\s""'\\,;&}]+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    /// <summary>The command of FTP, and where a script gives the password as it is.</summary>
    [GeneratedRegex(
        @"(?<head>(?:^|\bdata:)PASS |\bftp\.login\s*\((?:[^,()\r\n]*,){4}\s*[""'])(?<value>[^\r\n""']+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Login();

    [GeneratedRegex(
        @"(?<!\d)(?<!\d\.)(?:\d{15}|\d{19}[\dF]?)(?!\.?\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Identity();

    /// <summary>A text of an event, or bytes as Latin-1, which come back unchanged where nothing is hidden.</summary>
    public string Mask(string text)
    {
        if (text.Length < ShortestValue) return text;
        var masked = Header().Replace(text, found =>
        {
            var value = found.Groups["value"].Value;
            return value.Length < ShortestValue
                ? found.Value
                : found.Groups["name"].Value + found.Groups["gap"].Value + PseudonymOf(value, learn: true);
        });
        masked = Login().Replace(
            masked, found => found.Groups["head"].Value + OfPassword(found.Groups["value"].Value));
        masked = Identity().Replace(masked, found => PseudonymOf(found.Value, learn: false));
        foreach (var (value, pseudonym) in _known)
        {
            if (!masked.Contains(value, StringComparison.Ordinal)) continue;
            Count++;
            masked = masked.Replace(value, pseudonym, StringComparison.Ordinal);
        }

        return string.Equals(masked, text, StringComparison.Ordinal) ? text : masked;
    }

    private ReadOnlyMemory<byte> MaskBytes(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < ShortestValue) return bytes;
        var text = Encoding.Latin1.GetString(bytes.Span);
        var masked = Mask(text);
        return ReferenceEquals(masked, text) ? bytes : Encoding.Latin1.GetBytes(masked);
    }

    /// <summary>
    /// The payload of a client's frame is masked with a key beside it: it is looked into and masked again.
    /// </summary>
    private ReadOnlyMemory<byte> MaskFrames(TcpSent e)
    {
        var link = (e.Modem, e.Connection);
        if (!_frames.TryGetValue(link, out var rest)) _frames[link] = rest = new FrameRest();
        if (_frames.Count > MostValues) _frames.Clear();
        var bytes = e.Bytes.ToArray();
        var changed = false;
        var at = 0;
        while (at < bytes.Length)
        {
            if (rest.Left == 0)
            {
                if (!rest.TryBegin(bytes.AsSpan(at), out var head))
                {
                    // An upgrade request, or raw TCP.
                    var plain = MaskBytes(bytes.AsMemory(at));
                    changed |= !plain.Span.SequenceEqual(bytes.AsSpan(at));
                    plain.CopyTo(bytes.AsMemory(at));
                    break;
                }

                at += head;
            }

            var size = (int)Math.Min(rest.Left, bytes.Length - at);
            var payload = bytes.AsSpan(at, size).ToArray();
            rest.Apply(payload);
            var masked = MaskBytes(payload);
            if (!masked.Span.SequenceEqual(payload))
            {
                changed = true;
                var again = masked.ToArray();
                rest.Apply(again);
                again.CopyTo(bytes, at);
            }

            rest.Advance(size);
            at += size;
        }

        return changed ? bytes : e.Bytes;
    }

    private string PseudonymOf(string value, bool learn)
    {
        Count++;
        if (_known.TryGetValue(value, out var known)) return known;
        var letters = new char[value.Length];
        var digest = Array.Empty<byte>();
        for (var i = 0; i < value.Length; i++)
        {
            if (i % 32 == 0)
            {
                _keyed.AppendData(Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{i}:{value}")));
                digest = _keyed.GetHashAndReset();
            }

            var drawn = digest[i % 32];
            letters[i] = value[i] switch
            {
                >= '0' and <= '9' => (char)('0' + (drawn % 10)),
                >= 'a' and <= 'z' => (char)('a' + (drawn % 26)),
                >= 'A' and <= 'Z' => (char)('A' + (drawn % 26)),
                > '\x7F' => 'x',
                var other => other,
            };
        }

        // A module's IMEI must be one for whoever reads the recording, so its check digit is right.
        if (value.Length == ImeiDigits && value.All(char.IsAsciiDigit))
        {
            letters[^1] = CheckDigit.For(letters.AsSpan(0, ImeiDigits - 1));
        }

        var pseudonym = new string(letters);
        if (learn && _known.Count < MostValues) _known[value] = pseudonym;
        return pseudonym;
    }

    /// <summary>Where the last frame of a connection stands.</summary>
    private sealed class FrameRest
    {
        private readonly byte[] _key = new byte[4];
        private int _offset;

        public long Left { get; private set; }

        public bool TryBegin(ReadOnlySpan<byte> bytes, out int head)
        {
            head = 0;
            if (!MaskedFrame.TryHead(bytes, out var key, out var size)) return false;
            bytes.Slice(key, 4).CopyTo(_key);
            (Left, _offset, head) = (size, 0, key + 4);
            return true;
        }

        public void Apply(Span<byte> payload)
        {
            for (var i = 0; i < payload.Length; i++) payload[i] ^= _key[(_offset + i) & 3];
        }

        public void Advance(int count)
        {
            Left -= count;
            _offset = (_offset + count) & 3;
        }
    }
}
