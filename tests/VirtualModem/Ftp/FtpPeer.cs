using System.Text;

using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Ftp;

/// <summary>An FTP server with one user, a list and one file.</summary>
internal sealed class FtpPeer
{
    private const int DataPort = 5001;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly FakeAir _air;
    private int _control;
    private int _data;
    private bool _uploads;

    public FtpPeer(FakeAir air)
    {
        _air = air;
        air.Other = See;
        air.Server = Take;
    }

    /// <summary>What the server has under "file".</summary>
    public string File { get; set; } = "hello";

    /// <summary>Where the server says that its data connection is.</summary>
    public string PassiveReply { get; set; } = "227 Entering Passive Mode (10,0,0,1,19,137)\r\n";

    /// <summary>Whether it ends a data connection before it says that all is sent.</summary>
    public bool ClosesData { get; set; } = true;

    public string Greeting { get; set; } = "220 ready\r\n";

    /// <summary>What was uploaded.</summary>
    public StringBuilder Uploaded { get; } = new();

    /// <summary>The lines that came on the control connection.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The addresses of the data connections.</summary>
    public List<string> DataHosts { get; } = [];

    /// <summary>The control connection's number.</summary>
    public int Control => _control;

    private bool See(FakeAir air, AirRequest request, TimeSpan now)
    {
        if (request is AirRequest.OpenTcp { Port: DataPort } data)
        {
            _data = data.Connection;
            DataHosts.Add(data.Address);
        }
        else if (request is AirRequest.OpenTcp control)
        {
            _control = control.Connection;
            Say(Greeting, now + FakeAir.RoundTrip + Step);
        }
        else if (request is AirRequest.CloseTcp close && close.Connection == _data && _uploads)
        {
            _uploads = false;
            Say("226 done\r\n", now + FakeAir.RoundTrip);
        }

        return false;
    }

    private void Take(int connection, byte[] bytes, TimeSpan at)
    {
        if (connection == _data)
        {
            Uploaded.Append(Encoding.Latin1.GetString(bytes));
            return;
        }

        var line = Encoding.Latin1.GetString(bytes).TrimEnd();
        Lines.Add(line);
        switch (line.Split(' ')[0])
        {
            case "RETR" when !line.EndsWith("file", StringComparison.Ordinal):
                Say("550 no such file\r\n", at);
                break;
            case "RETR":
                SendData(File, at);
                break;
            case "LIST":
                SendData("-rw-r--r-- file\r\n", at);
                break;
            case "STOR":
                _uploads = true;
                Say("150 go on\r\n", at);
                break;
            default:
                Say(ReplyTo(line), at);
                break;
        }
    }

    private string ReplyTo(string line) => line switch
    {
        "USER nobody" => "530 no\r\n",
        "PASS pass" => "230 in\r\n",
        "PASV" => PassiveReply,
        "PWD" => "257 \"/\" here\r\n",
        "SYST" => "215 UNIX\r\n",
        "QUIT" => "221 Goodbye.\r\n",
        _ when line.StartsWith("USER", StringComparison.Ordinal) => "331 password\r\n",
        _ when line.StartsWith("PASS", StringComparison.Ordinal) => "530 wrong\r\n",
        _ => "200 ok\r\n",
    };

    private void SendData(string text, TimeSpan at)
    {
        Say("150 coming\r\n", at);
        _air.Send(new AirEvent.TcpReceived(_data, Encoding.Latin1.GetBytes(text)), at + Step);
        if (ClosesData) _air.Send(new AirEvent.TcpClosed(_data, Reset: false), at + (2 * Step));
        Say("226 done\r\n", at + (3 * Step));
    }

    private void Say(string line, TimeSpan at) =>
        _air.Send(new AirEvent.TcpReceived(_control, Encoding.Latin1.GetBytes(line)), at);
}
