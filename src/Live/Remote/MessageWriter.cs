using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace AirHil.Live.Remote;

/// <summary>Writes messages as JSON texts.</summary>
internal static class MessageWriter
{
    public static byte[] Write(LinkMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, message);
            json.WriteEndObject();
        }

        return buffer.WrittenCount <= RemoteProtocol.MaxMessageBytes
            ? buffer.WrittenSpan.ToArray()
            : throw new InvalidOperationException(
                $"a message of {buffer.WrittenCount} bytes is more than a remote bench takes at once " +
                $"({RemoteProtocol.MaxMessageBytes}); write less at a time");
    }

    public static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Within what the other end takes as a text.</summary>
    public static string Shortened(string text) =>
        text.Length <= RemoteProtocol.MaxTextLength ? text : text[..(RemoteProtocol.MaxTextLength - 1)] + "…";

    /// <summary>A name, which is nobody's without its end.</summary>
    /// <exception cref="NotSupportedException">It is longer than the other end takes.</exception>
    public static string Whole(string name) => name.Length <= RemoteProtocol.MaxTextLength
        ? name
        : throw new NotSupportedException(
            $"'{Printable.Of(name, 40)}' has {name.Length} characters, and a remote bench takes " +
            $"{RemoteProtocol.MaxTextLength}");

    private static void Write(Utf8JsonWriter json, LinkMessage message)
    {
        switch (message)
        {
            case LinkMessage.Hello hello:
                json.WriteString("type", "hello");
                json.WriteNumber("protocol", hello.Protocol);
                json.WriteString("airhil", hello.AirHil);
                if (hello.Token is not null) json.WriteString("token", hello.Token);
                json.WriteString("client", Shortened(hello.Client));
                if (hello.Board is not null) json.WriteString("board", hello.Board);
                if (hello.Session is not null) json.WriteString("session", hello.Session);
                json.WriteNumber("received", hello.Received);
                break;
            case LinkMessage.Welcome welcome:
                Write(json, welcome);
                break;
            case LinkMessage.Refused refused:
                json.WriteString("type", "refused");
                json.WriteString("reason", refused.Reason.ToString());
                json.WriteString("text", Shortened(refused.Text));
                break;
            case LinkMessage.Ack ack:
                json.WriteString("type", "ack");
                json.WriteNumber("received", ack.Received);
                break;
            case LinkMessage.Ping ping:
                json.WriteString("type", "ping");
                json.WriteNumber("atUs", Microseconds(ping.At));
                break;
            case LinkMessage.Pong:
                json.WriteString("type", "pong");
                break;
            case LinkMessage.Bye bye:
                json.WriteString("type", "bye");
                json.WriteString("text", Shortened(bye.Text));
                break;
            case LinkMessage.Numbered numbered:
                Write(json, numbered.Message);
                json.WriteNumber("n", numbered.Number);
                break;
            default:
                throw new NotSupportedException($"the remote protocol has no word for {message.GetType().Name}");
        }
    }

    private static void Write(Utf8JsonWriter json, LinkMessage.Welcome welcome)
    {
        json.WriteString("type", "welcome");
        json.WriteNumber("protocol", welcome.Protocol);
        json.WriteString("airhil", welcome.AirHil);
        json.WriteStartArray("boards");
        foreach (var board in welcome.Boards)
        {
            json.WriteStartObject();
            json.WriteString("name", board.Name);
            json.WriteStartArray("capabilities");
            foreach (var capability in board.Capabilities) json.WriteStringValue(capability);
            json.WriteEndArray();
            json.WriteNumber("speed", board.Speed);
            json.WriteNumber("latencyUs", Microseconds(board.Latency));
            if (board.HeldBy is not null) json.WriteString("heldBy", board.HeldBy);
            if (board.MostModems is { } most) json.WriteNumber("modems", most);
            if (board.HasNetwork) json.WriteBoolean("network", true);
            if (board.ServiceHosts is { } hosts)
            {
                json.WriteStartArray("serviceHosts");
                foreach (var host in hosts) json.WriteStringValue(Whole(host));
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (welcome.Session is not null) json.WriteString("session", welcome.Session);
        if (welcome.Board is not null) json.WriteString("board", welcome.Board);
        json.WriteNumber("received", welcome.Received);
        json.WriteNumber("resumeUs", Microseconds(welcome.Resume));
        json.WriteNumber("silenceUs", Microseconds(welcome.Silence));
    }

    private static void Write(Utf8JsonWriter json, BenchMessage message)
    {
        switch (message)
        {
            case BenchMessage.Announce firmware:
                json.WriteString("type", "firmware");
                json.WriteNumber("id", firmware.Id);
                json.WriteString("name", Shortened(firmware.Name));
                json.WriteStartArray("files");
                foreach (var file in firmware.Files)
                {
                    json.WriteStartObject();
                    json.WriteString("name", file.Name);
                    json.WriteNumber("bytes", file.Bytes);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            case BenchMessage.FirmwarePiece piece:
                json.WriteString("type", "firmware-piece");
                json.WriteNumber("id", piece.Id);
                json.WriteBase64String("bytes", piece.Bytes.Span);
                break;
            case BenchMessage.Prepare prepare:
                json.WriteString("type", "prepare");
                json.WriteNumber("request", prepare.Request);
                json.WriteNumber("firmware", prepare.Firmware);
                break;
            case BenchMessage.CancelPrepare cancel:
                json.WriteString("type", "cancel-prepare");
                json.WriteNumber("request", cancel.Request);
                break;
            case BenchMessage.Prepared prepared:
                json.WriteString("type", "prepared");
                json.WriteNumber("request", prepared.Request);
                if (prepared.Reason is not null) json.WriteString("reason", Shortened(prepared.Reason));
                break;
            case BenchMessage.Create create:
                json.WriteString("type", "create");
                json.WriteNumber("modem", create.Modem);
                json.WriteNumber("firmware", create.Firmware);
                json.WriteString("name", Shortened(create.Name));
                json.WriteNumber("seed", create.Seed);
                json.WriteString("startDate", create.StartDate.ToString("O", CultureInfo.InvariantCulture));
                json.WriteNumber("uartBaud", create.UartBaud);
                if (create.Bits is { } bits) json.WriteNumber("bits", bits);
                if (create.Vitals is { } vitals) json.WriteNumber("vitalsUs", Microseconds(vitals));
                json.WriteNumber("nowUs", Microseconds(create.Now));
                break;
            case BenchMessage.Input input:
                json.WriteString("type", "input");
                json.WriteNumber("modem", input.Modem);
                json.WriteNumber("atUs", Microseconds(input.At));
                json.WriteNumber("seen", input.Seen);
                ModemMessageWriter.Write(json, "input", input.Value);
                break;
            case BenchMessage.Output output:
                json.WriteString("type", "output");
                json.WriteNumber("modem", output.Modem);
                json.WriteNumber("atUs", Microseconds(output.At));
                ModemMessageWriter.Write(json, "output", output.Value);
                break;
            case BenchMessage.Release release:
                json.WriteString("type", "release");
                json.WriteNumber("modem", release.Modem);
                break;
            case BenchMessage.Released released:
                json.WriteString("type", "released");
                json.WriteNumber("modem", released.Modem);
                break;
            default:
                WriteOfNetwork(json, message);
                break;
        }
    }

    private static void WriteOfNetwork(Utf8JsonWriter json, BenchMessage message)
    {
        switch (message)
        {
            case BenchMessage.OpenNetwork open:
                json.WriteString("type", "open-network");
                json.WriteNumber("network", open.Network);
                json.WriteNumber("seed", open.Seed);
                json.WriteString("startDate", open.StartDate.ToString("O", CultureInfo.InvariantCulture));
                json.WriteNumber("nowUs", Microseconds(open.Now));
                break;
            case BenchMessage.ToNetwork input:
                json.WriteString("type", "network-input");
                json.WriteNumber("network", input.Network);
                NetworkMessageWriter.Write(json, "input", input.Value);
                break;
            case BenchMessage.FromNetwork output:
                json.WriteString("type", "network-output");
                json.WriteNumber("network", output.Network);
                json.WriteNumber("atUs", Microseconds(output.At));
                json.WriteNumber("seen", output.Seen);
                NetworkMessageWriter.Write(json, "output", output.Value);
                break;
            case BenchMessage.NetworkFailed failed:
                json.WriteString("type", "network-failed");
                json.WriteNumber("network", failed.Network);
                json.WriteString("reason", Shortened(failed.Reason));
                break;
            case BenchMessage.CloseNetwork close:
                json.WriteString("type", "close-network");
                json.WriteNumber("network", close.Network);
                break;
            case BenchMessage.NetworkClosed closed:
                json.WriteString("type", "network-closed");
                json.WriteNumber("network", closed.Network);
                break;
            default:
                throw new NotSupportedException($"the remote protocol has no word for {message.GetType().Name}");
        }
    }
}
