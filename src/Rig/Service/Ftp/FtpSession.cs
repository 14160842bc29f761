using System.Globalization;
using System.Text;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.Ftp;

/// <summary>One control connection to an FTP server: commands are answered in their order.</summary>
internal sealed partial class FtpSession(FtpSite site, ServiceSide side, ServiceConnection connection)
    : ServiceSession(side, connection)
{
    private const int LineLimit = 1024;

    /// <summary>How long a session may be idle, as with vsftpd.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(300);

    private readonly ReceivedBytes _received = new(128);
    private string? _user;
    private bool _isIn;
    private string _folder = "/";
    private long _turn;

    public override int HeldBytes => _received.Length;

    private FtpFiles Files => site.FilesAt(Connection.Port);

    public override void Begin()
    {
        WaitForCommand();
        Follow("", () => Reply("220 ready"));
    }

    public override void Receive(ReadOnlyMemory<byte> bytes)
    {
        _turn++;
        _received.Append(bytes.Span);
        while (!Connection.IsGone && _received.Held.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var line = Encoding.UTF8.GetString(_received.Held[..end]).TrimEnd('\r');
            _received.Take(end + 1);
            Take(line);
        }

        if (_received.Length > LineLimit) Overflow($"a line of more than {LineLimit} bytes");
        WaitForCommand();
    }

    public override void PeerGone(bool reset)
    {
        Record(new ClientGone(Side.Now, Connection.Label, ClientOf.Other, reset));
        Abandon();
    }

    public override void Overflow(string reason)
    {
        Record(new ServiceLimited(Side.Now, Connection.Label, reason));
        Reply("500 " + reason);
        Plan(Promptly, () => Side.Hangup(Connection));
    }

    private void Take(string line)
    {
        Record(new FtpCommanded(Side.Now, Connection.Label, line));
        Follow(line, () => Obey(line));
    }

    private void Obey(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var argument = space < 0 ? "" : line[(space + 1)..];
        if (verb is "USER" or "PASS" or "QUIT") LogIn(verb, argument);
        else if (!_isIn) Reply("530 log in with USER and PASS");
        else if (verb is "PASV" or "EPSV" or "LIST" or "NLST" or "RETR" or "STOR" or "APPE") Move(verb, argument);
        else Reply(Answer(verb, FtpFiles.Resolve(_folder, argument)));
    }

    private void LogIn(string verb, string argument)
    {
        var users = ((FtpServer)Endpoint!.Behavior).Users;
        switch (verb)
        {
            case "QUIT":
                Reply("221 Goodbye.");
                Plan(Promptly, () => Side.Hangup(Connection));
                return;
            case "USER" when users.Count > 0 && !users.Any(u => u.Name == argument):
                _user = null;
                Reply("530 no such user");
                return;
            case "USER":
                (_user, _isIn) = (argument, false);
                Reply("331 the password?");
                return;
            default:
                _isIn = _user is not null
                    && (users.Count == 0 || users.Any(u => u.Name == _user && u.Password == argument));
                Reply(_isIn ? "230 logged in" : "530 login incorrect");
                return;
        }
    }

    private string Answer(string verb, string path)
    {
        switch (verb)
        {
            case "NOOP" or "TYPE" or "MODE" or "STRU":
                return "200 done";
            case "SYST":
                return "215 UNIX Type: L8";
            case "PWD" or "XPWD":
                return $"257 \"{_folder}\"";
            case "CWD" or "CDUP":
                if (verb == "CDUP") path = FtpFiles.FolderOf(_folder);
                if (!Files.IsFolder(path)) return "550 no such folder";
                _folder = path;
                return "250 done";
            case "MKD" or "XMKD":
                return Files.TryMake(path) ? $"257 \"{path}\" made" : "550 not made";
            case "RMD" or "XRMD":
                return Files.TryRemove(path) ? "250 done" : "550 not removed";
            case "DELE":
                return Files.TryDelete(path) ? "250 done" : "550 no such file";
            case "SIZE":
                return Files.Find(path) is { } file
                    ? string.Create(CultureInfo.InvariantCulture, $"213 {file.Bytes.Length}")
                    : "550 no such file";
            default:
                return "502 not known here";
        }
    }

    /// <summary>Does what is usual, unless a rule of the user says something else.</summary>
    private void Follow(string line, Action usual)
    {
        var server = (FtpServer)Endpoint!.Behavior;
        if (server.IsSilent) return;
        if (site.RuleFor(server, line) is not { } rule)
        {
            usual();
            return;
        }

        if (rule.Reply == FtpRule.Usual) Plan(rule.Delay, usual);
        else if (rule.Reply.Length > 0) Reply(rule.Reply, rule.Delay);
        if (rule.Reply is ['4' or '5', ..]) Plan(rule.Delay, Abandon);
        if (rule.Then == FtpEnd.Closes) Plan(rule.Delay, () => Side.Hangup(Connection));
        if (rule.Then == FtpEnd.Resets) Plan(rule.Delay, () => Side.Reset(Connection));
    }

    private void Reply(string line) => Reply(line, Promptly);

    private void Reply(string line, TimeSpan delay) => Plan(delay, () =>
    {
        if (Connection.IsGone) return;
        if (IsActing<FallSilent>())
        {
            Record(new ServiceWithheld(Side.Now, Connection.Label, line));
            return;
        }

        Record(new FtpReplied(Side.Now, Connection.Label, line));
        Send(Encoding.UTF8.GetBytes(line + "\r\n"));
    });

    private void WaitForCommand()
    {
        var turn = _turn;
        Side.After(IdleLimit, () =>
        {
            if (turn != _turn || _transfer is not null || Connection.IsGone) return;
            Reply("421 idle for too long");
            Plan(Promptly, () => Side.Hangup(Connection));
        });
    }
}
