namespace AirHil.Rig.Service.Ftp;

/// <summary>FTP with passive transfers: ftp:// (RFC 959, RFC 2428).</summary>
internal sealed class FtpProtocol : ServiceProtocol
{
    private const int MostBytes = 1_000_000;
    private const int MostTimes = 1_000_000;

    public override IReadOnlyList<string> Schemes => ["ftp"];

    public override string Forms => "server or silent";

    public override IReadOnlyDictionary<string, Type> Descriptions { get; } =
        new SortedDictionary<string, Type>(StringComparer.Ordinal) { ["ftp"] = typeof(FtpServer) };

    public override bool RunsScripts => false;

    public override string? WhyNoPush(ServiceUrl target) => $"{target} only answers; nothing can be sent there";

    public override ServiceSite Open(ServiceSide side) => new FtpSite(side);

    public override EndpointBehavior? Read(ServiceUrl url, string text) => text switch
    {
        "server" => new FtpServer(),
        "silent" => new FtpServer { IsSilent = true },
        _ => null,
    };

    public override EndpointBehavior ReadTable(ServiceUrl url, EndpointBehavior? before, ServiceTable table)
    {
        var server = before as FtpServer ?? new FtpServer();
        return table.Noun switch
        {
            "users" => server with
            {
                Users =
                [
                    .. table.Read(["user", "password"], [])
                        .Select(row => new FtpUser(row.Text("user"), row.Text("password"))),
                ],
            },
            "files" => server with { Files = Files(table) },
            "replies" => server with
            {
                Replies = [.. table.Read(["to", "with"], ["delay", "times", "then"]).Select(Rule)],
            },
            _ => throw NoSuchTable(url, table, "users", "files", "replies"),
        };
    }

    private static FtpFile[] Files(ServiceTable table)
    {
        FtpFile[] files = [.. table.Read(["path"], ["body", "bytes", "speed", "cut"]).Select(File)];
        _ = new FtpFiles(files); // They must have room together.
        return files;
    }

    private static FtpFile File(ServiceTable.Row row)
    {
        var path = row.Text("path");
        if (!path.StartsWith('/') || path.EndsWith('/')) throw row.Wrong("path", "a path such as /a/b.txt is expected");
        return new FtpFile(path, row.Content(MostBytes))
        {
            BytesPerSecond = row.Number("speed", 1, 10_000_000),
            CutAfter = row.Number("cut", 0, MostBytes),
        };
    }

    /// <summary>
    /// Nothing in "to" is a new connection; nothing in "with" is no reply, "usual" the usual one, later.
    /// </summary>
    private static FtpRule Rule(ServiceTable.Row row)
    {
        var reply = row.Text("with");
        var isUsual = reply == FtpRule.Usual;
        if (isUsual && row.Find("then") is not null) throw row.Wrong("then", "nothing is expected behind 'usual'");
        var hasCode = reply.Length >= 3 && reply.AsSpan(0, 3).IndexOfAnyExceptInRange('0', '9') < 0;
        if (reply.Length > 0 && !isUsual && !hasCode)
        {
            throw row.Wrong("with", "a reply such as '450 busy' is expected, or 'usual', or nothing");
        }

        var rule = new FtpRule(row.Text("to"), reply);
        return rule with
        {
            Delay = row.Duration("delay") ?? rule.Delay,
            Times = row.Number("times", 1, MostTimes),
            Then = row.Find("then") switch
            {
                null => FtpEnd.Nothing,
                "closes" => FtpEnd.Closes,
                "resets" => FtpEnd.Resets,
                _ => throw row.Wrong("then", "closes or resets is expected"),
            },
        };
    }
}
