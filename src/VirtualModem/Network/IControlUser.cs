namespace AirHil.VirtualModem.Network;

/// <summary>Who uses a <see cref="NetworkControl"/>: the firmware's user_callback.</summary>
internal interface IControlUser
{
    /// <summary>How the URLs of its services begin, without TLS; null: it speaks no protocol that has URLs.</summary>
    string? Scheme => null;

    /// <summary>
    /// Something that the user waits for has come, or cannot come. The control's state has changed before; unread data
    /// lies in the control until <see cref="NetworkControl.Receive"/> takes it.
    /// </summary>
    /// <param name="what">What it waited for; <see cref="ControlEvent.Event"/> where it waited for nothing.</param>
    /// <param name="failed">The event's param: false is 0, true is -1.</param>
    void Handle(ControlEvent what, bool failed);
}
