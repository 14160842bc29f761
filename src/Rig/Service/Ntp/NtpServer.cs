using System.Text.Json.Serialization;

namespace AirHil.Rig.Service.Ntp;

/// <summary>An NTP server: the description of an endpoint at ntp://.</summary>
/// <param name="Offset">How far its date is ahead of the world's; behind where it is negative.</param>
/// <param name="IsSilent">It answers nothing.</param>
internal sealed record NtpServer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TimeSpan Offset = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsSilent = false)
    : EndpointBehavior;
