using System.Globalization;
using System.Text.Json;

namespace AirHil.Rig.Sessions;

/// <summary>The notes beside the events, as lines.</summary>
internal static class NoteLines
{
    /// <summary>Without line end.</summary>
    /// <param name="embed">Whether a script's files are written too.</param>
    public static byte[] Write(SessionNote note, bool embed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, SessionHeaderJson.Readable))
        {
            json.WriteStartObject();
            if (note is not SessionNote.Acted)
            {
                json.WritePropertyName("t");
                json.WriteRawValue(note.At.TotalSeconds.ToString("0.#######",
                    CultureInfo.InvariantCulture));
            }

            json.WriteNumber("step", note.Step);
            switch (note)
            {
                case SessionNote.FirmwareLoaded loaded:
                    if (loaded.Modem != "1") json.WriteString("modem", loaded.Modem);
                    FirmwareJson.WriteMembers(json, loaded.Firmware, embed);
                    break;
                case SessionNote.PeerConnected peer:
                    if (peer.Modem != "1") json.WriteString("modem", peer.Modem);
                    PeerJson.WriteMembers(json, peer.Script, peer.Place);
                    break;
                case SessionNote.EndpointOpened opened:
                    EndpointJson.WriteMembers(json, opened.Endpoint);
                    break;
                default:
                    break;
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
