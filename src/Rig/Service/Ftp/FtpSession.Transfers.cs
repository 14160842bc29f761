using System.Globalization;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.Ftp;

/// <content>Transfers: the data connection may come before its command or after it.</content>
internal sealed partial class FtpSession
{
    /// <summary>How long a command waits for its data connection.</summary>
    private static readonly TimeSpan DataLimit = TimeSpan.FromSeconds(60);

    /// <summary>A file that goes out slowly does so in pieces so far apart.</summary>
    private static readonly TimeSpan PieceTime = TimeSpan.FromMilliseconds(100);

    private FtpDataSession? _data;
    private Transfer? _transfer;
    private bool _isOffered;

    /// <summary>The client has connected to the port that it was told.</summary>
    public void Attach(FtpDataSession data)
    {
        if (_data is { Connection.IsGone: false } old) Side.Hangup(old.Connection);
        _data = data;
        _isOffered = false;
        if (_transfer is { } transfer) Start(transfer, data);
    }

    /// <summary>The client has ended a data connection.</summary>
    public void Ended(FtpDataSession data, bool reset)
    {
        if (data != _data || Connection.IsGone) return;
        if (_transfer is not { } transfer) return; // The command may still come; what was sent waits.
        Finish();
        if (reset || !transfer.IsUpload) Reply("426 the data connection has ended");
        else Store(transfer, data);
    }

    private void Move(string verb, string argument)
    {
        if (verb is "PASV" or "EPSV")
        {
            var port = site.Offer(this);
            (_isOffered, _data) = (true, null);
            // Clients take the server's own address for 127.0.0.1, as they do for other addresses of inner networks.
            Reply(verb == "EPSV"
                ? string.Create(CultureInfo.InvariantCulture, $"229 passive (|||{port}|)")
                : string.Create(CultureInfo.InvariantCulture, $"227 passive (127,0,0,1,{port / 256},{port % 256})"));
            return;
        }

        // "-a" and the like are for the shell's ls.
        if (verb is "LIST" or "NLST" && argument.StartsWith('-')) argument = "";
        var path = FtpFiles.Resolve(_folder, argument);
        if (!_isOffered && _data is null) Reply("425 say PASV first");
        else if (_transfer is not null) Reply("450 a transfer is not over yet");
        else if (Refusal(verb, path) is { } refusal) Refuse(refusal);
        else Begin(new Transfer(verb, path));
    }

    /// <summary>The data connection that was made for it ends too.</summary>
    private void Refuse(string reply)
    {
        Reply(reply);
        Plan(Promptly, Abandon);
    }

    private string? Refusal(string verb, string path) => verb switch
    {
        "RETR" when Files.Find(path) is null => "550 no such file",
        "STOR" or "APPE" when !Files.CanStore(path) => "553 no file can have that name",
        "LIST" or "NLST" when !Files.IsFolder(path) && Files.Find(path) is null => "550 no such folder",
        _ => null,
    };

    private void Begin(Transfer transfer)
    {
        _transfer = transfer;
        Reply("150 begins");
        if (_data is { } data) Start(transfer, data);
        else Side.After(DataLimit, () =>
        {
            if (_transfer != transfer || _data is not null || Connection.IsGone) return;
            Finish();
            Reply("425 no data connection came");
        });
    }

    private void Start(Transfer transfer, FtpDataSession data)
    {
        if (transfer.IsUpload)
        {
            if (!data.IsEnded) return;
            Finish();
            Store(transfer, data);
            return;
        }

        var file = Files.Find(transfer.Path);
        var content = transfer.Verb == "RETR"
            ? file!.Bytes
            : Files.List(transfer.Path, Side.Date, transfer.Verb == "NLST");
        // What silence swallows is no time of another fault.
        var cut = content.Length > 0 && !IsActing<FallSilent>() && Strike<CutBodies>() is not null
            ? content.Length / 2
            : file?.CutAfter;
        if (cut is { } end && end < content.Length) content = content[..end];
        else cut = null;
        var rate = file?.BytesPerSecond;
        var size = rate is { } slow ? Math.Max(1, (int)(slow * PieceTime.TotalSeconds)) : content.Length;
        Plan(Promptly, () => SendPiece(transfer, data, content, 0, size, rate, cut is not null));
    }

    private void SendPiece(
        Transfer transfer, FtpDataSession data, ReadOnlyMemory<byte> content, int at, int size, int? rate, bool isCut)
    {
        if (Connection.IsGone || data.Connection.IsGone || _transfer != transfer) return;
        if (IsActing<FallSilent>())
        {
            Record(new ServiceWithheld(Side.Now, data.Connection.Label, transfer.Path));
            return;
        }

        size = Math.Min(size, content.Length - at);
        if (size > 0) data.Write(content.Slice(at, size));
        if (at + size < content.Length)
        {
            Side.After(
                TimeSpan.FromSeconds((double)size / rate!.Value),
                () => SendPiece(transfer, data, content, at + size, size, rate, isCut));
            return;
        }

        Finish();
        Record(new FtpSent(Side.Now, data.Connection.Label, transfer.Path, content));
        if (isCut) Side.Reset(data.Connection);
        else Side.Hangup(data.Connection);
        Reply(isCut ? "426 the transfer was cut" : "226 done");
    }

    private void Store(Transfer transfer, FtpDataSession data)
    {
        var bytes = data.Received;
        var before = transfer.Verb == "APPE" ? Files.Find(transfer.Path)?.Bytes ?? default : default;
        if (!Files.TryStore(new FtpFile(transfer.Path, (byte[])[.. before.Span, .. bytes])))
        {
            Reply("552 no room");
            return;
        }

        Record(new FtpStored(Side.Now, data.Connection.Label, transfer.Path, bytes));
        Reply("226 done");
    }

    /// <summary>A transfer needs a PASV of its own.</summary>
    private void Finish()
    {
        (_transfer, _data, _isOffered) = (null, null, false);
        _turn++;
        WaitForCommand();
    }

    private void Abandon()
    {
        site.Forget(this);
        if (_data is { Connection.IsGone: false } data) Side.Reset(data.Connection);
        (_transfer, _data, _isOffered) = (null, null, false);
    }

    /// <summary>A command that moves data.</summary>
    private sealed record Transfer(string Verb, string Path)
    {
        public bool IsUpload => Verb is "STOR" or "APPE";
    }
}
