namespace AirHil.Rig.Service;

/// <summary>What every run can reach unless it says otherwise: the hosts of the tutorial.</summary>
internal static class DefaultWorld
{
    public static IReadOnlyList<Endpoint> Endpoints { get; } =
    [
        new(ServiceUrl.Parse("ws://echo.airtun.air32.cn/ws/echo"), new AirTunEcho()),
        new(ServiceUrl.Parse("wss://echo.airtun.air32.cn/ws/echo"), new AirTunEcho()),
        new(ServiceUrl.Parse("ws://echo.airtun.air32.cn/ws/echo2"), new EchoFrames()),
        new(ServiceUrl.Parse("wss://echo.airtun.air32.cn/ws/echo2"), new EchoFrames()),
        new(ServiceUrl.Parse("udp://dev_msg1.openluat.com:12425"), new ErrDumpAnswer()),
    ];
}
