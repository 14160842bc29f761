namespace AirHil.VirtualModem.Network;

/// <summary>The words of the firmware for states, wait targets and events (L: luat_network_adapter.c).</summary>
internal static class ControlWords
{
    private static readonly string[] States =
        ["硬件离线", "离线", "等待DNS", "正在连接", "正在TLS握手", "在线", "在监听", "正在离线"];

    private static readonly string[] Waits =
        ["无等待", "等待硬件上线", "等待连接完成", "等待发送完成", "等待离线完成", "等待任意网络变化"];

    private static readonly string[] Events =
    [
        "适配器复位", "LINK状态变更", "超时", "DNS结果", "发送成功", "有新的数据", "接收缓存满了", "断开成功", "对端关闭",
        "连接成功", "连接异常", "开始监听",
    ];

    /// <summary>The number of an event in the clients' logs, which count from the one before socket.LINK.</summary>
    public static int NumberOf(ControlEvent what) => what - ControlEvent.Link + 1;

    public static string Of(ControlState state) => States[(int)state];

    public static string Of(WaitTarget wait) => Waits[(int)wait];

    public static string Of(StackEvent happened) => Events[(int)(happened.Number & 0xFF)];
}
