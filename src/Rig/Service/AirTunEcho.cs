using AirHil.Rig.Service.Json;

namespace AirHil.Rig.Service;

/// <summary>
/// AirTun's /ws/echo (reference §9): a text that is a JSON object with the action "echo" comes back pretty-printed with
/// "server": "airtun" last, or in its place where the name was there already. All else, binary included, is not
/// answered.
/// </summary>
internal sealed record AirTunEcho : MessageBehavior
{
    public override void React(ServiceMessage message, IList<ServiceMessage> answers)
    {
        if (!message.IsText || !LenientJsonReader.TryRead(message.Text, out var value)) return;
        if (value is not JsonValue.Map map || map["action"] is not JsonValue.Text { Value: "echo" }) return;
        map.Set("server", new JsonValue.Text("airtun"));
        answers.Add(ServiceMessage.Of(PrettyJsonWriter.Write(map)));
    }
}
