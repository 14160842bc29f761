using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>WebSocket upgrades are answered by another status than 101.</summary>
/// <param name="Status">200 to 599.</param>
public sealed record RefuseUpgrade(int Status) : ServiceFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"refuse upgrade with {Status}");
}

/// <summary>WebSocket upgrades are not answered (reference §3.6: the module waits without a limit).</summary>
public sealed record StallUpgrade : ServiceFault
{
    internal override string Words => "stall upgrade";
}

/// <summary>
/// A first text frame travels in the same segment as the 101; the module loses it (reference §3.6, step 6).
/// </summary>
/// <param name="Text">What the frame says.</param>
public sealed record GlueFrameTo101(string Text = "glued") : ServiceFault
{
    internal override string Words => Text == "glued" ? "glue frame to 101" : "glue frame to 101 " + Text;
}
