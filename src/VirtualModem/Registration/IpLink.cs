namespace AirHil.VirtualModem.Registration;

/// <summary>The owner of sockets that depend on the link.</summary>
internal interface ILinkUser
{
    void LinkWentUp();

    void LinkWentDown();
}

/// <summary>The cellular IP link as the network task sees it.</summary>
internal sealed class IpLink
{
    /// <summary>socket.LWIP_GP.</summary>
    public const int CellularAdapter = 1;

    /// <summary>socket.ETH0: a chip for Ethernet, which w5500.bind adds.</summary>
    public const int WiredAdapter = 5;

    /// <summary>The highest number that the firmware takes for an adapter, whether it has that one or not.</summary>
    public const int LastAdapter = 9;

    private readonly List<ILinkUser> _users = [];

    public bool IsUp { get; private set; }

    public void Add(ILinkUser user) => _users.Add(user);

    public void GoUp()
    {
        IsUp = true;
        foreach (var user in _users) user.LinkWentUp();
    }

    public void GoDown()
    {
        IsUp = false;
        foreach (var user in _users) user.LinkWentDown();
    }
}
