namespace AirHil.Rig.Service.Ftp;

/// <summary>The FTP servers of a host, what they hold, and the ports of their transfers.</summary>
internal sealed class FtpSite(ServiceSide side) : ServiceSite(side)
{
    /// <summary>The first of the ports that PASV and EPSV name; systems give none of them to a client.</summary>
    public const int FirstDataPort = 19_000;

    private const int DataPortCount = 4;

    private readonly Dictionary<int, FtpFiles> _files = [];
    private readonly Dictionary<FtpRule, int> _turns = new(ReferenceEqualityComparer.Instance);
    private readonly FtpSession?[] _waiting = new FtpSession?[DataPortCount];
    private int _next;

    public override IReadOnlyList<int> MorePorts { get; } = [.. Enumerable.Range(FirstDataPort, DataPortCount)];

    /// <summary>New files are there in place of all others; new replies and users change no file.</summary>
    public override void Add(Endpoint endpoint)
    {
        var before = Endpoints.FirstOrDefault(e => e.Url == endpoint.Url)?.Behavior as FtpServer;
        base.Add(endpoint);
        if (endpoint.Behavior is not FtpServer server) return;
        if (before is null || !before.Files.SequenceEqual(server.Files))
        {
            _files[endpoint.Url.Port] = new FtpFiles(server.Files);
        }
    }

    public override ServiceSession Accept(ServiceConnection connection)
    {
        var place = connection.Port - FirstDataPort;
        if (place is < 0 or >= DataPortCount || Endpoints.Any(e => e.Url.Port == connection.Port))
        {
            return new FtpSession(this, Side, connection)
            {
                Endpoint = Endpoints.FirstOrDefault(e => e.Url.Port == connection.Port),
            };
        }

        var data = new FtpDataSession(Side, connection, _waiting[place]);
        _waiting[place] = null;
        return data;
    }

    public FtpFiles FilesAt(int port) => _files[port];

    /// <summary>The port of a session's next transfer; an older session that still waits there loses it.</summary>
    public int Offer(FtpSession session)
    {
        Forget(session);
        var place = Array.IndexOf(_waiting, null);
        if (place < 0) place = _next++ % DataPortCount;
        _waiting[place] = session;
        return FirstDataPort + place;
    }

    /// <summary>The session waits for no transfer any more.</summary>
    public void Forget(FtpSession session)
    {
        for (var i = 0; i < DataPortCount; i++)
        {
            if (_waiting[i] == session) _waiting[i] = null;
        }
    }

    /// <summary>What is said instead of the usual; null: the usual.</summary>
    /// <param name="line">"" for a new connection.</param>
    public FtpRule? RuleFor(FtpServer server, string line)
    {
        foreach (var rule in server.Replies)
        {
            if (!rule.Fits(line) || _turns.GetValueOrDefault(rule) >= (rule.Times ?? int.MaxValue)) continue;
            _turns[rule] = _turns.GetValueOrDefault(rule) + 1;
            return rule;
        }

        return null;
    }
}
