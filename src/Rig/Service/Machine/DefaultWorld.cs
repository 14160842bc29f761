using AirHil.Rig.Service.Ntp;

namespace AirHil.Rig.Service.Machine;

/// <summary>
/// What every run can reach unless it says otherwise: the hosts of the tutorial, and the NTP servers that the firmware
/// asks by itself (luat_sntp.c of V1112).
/// </summary>
internal static class DefaultWorld
{
    public static IReadOnlyList<Endpoint> Endpoints { get; } =
    [
        new(ServiceUrl.Parse("ws://echo.airtun.air32.cn/ws/echo"), new AirTunEcho()),
        new(ServiceUrl.Parse("wss://echo.airtun.air32.cn/ws/echo"), new AirTunEcho()),
        new(ServiceUrl.Parse("ws://echo.airtun.air32.cn/ws/echo2"), new EchoFrames()),
        new(ServiceUrl.Parse("wss://echo.airtun.air32.cn/ws/echo2"), new EchoFrames()),
        new(ServiceUrl.Parse("udp://dev_msg1.openluat.com:12425"), new ErrDumpAnswer()),
        new(ServiceUrl.Parse("ntp://ntp.aliyun.com"), new NtpServer()),
        new(ServiceUrl.Parse("ntp://ntp.ntsc.ac.cn"), new NtpServer()),
        new(ServiceUrl.Parse("ntp://time1.cloud.tencent.com"), new NtpServer()),
    ];
}
