using System.Globalization;

namespace AirHil.VirtualModem.Ftp;

/// <content>Transfers: the data connection, downloads, lists and uploads.</content>
internal sealed partial class FtpClient
{
    /// <summary>Asks for a data connection and makes it.</summary>
    private IEnumerable<FtpWait> OpenData()
    {
        foreach (var wait in Ask("PASV\r\n")) yield return wait;
        _failed |= !_reply.StartsWith("227", StringComparison.Ordinal);
        if (_failed) yield break;
        if (PassiveAddress() is not { } address)
        {
            _board.Notice("ftp: a reply to PASV without six numbers; V1112 follows a null pointer here.");
            _failed = true;
            yield break;
        }

        if (_data.Exists) Error("data_netc already create");
        _failed = _data.Exists || !_data.Connect(address.Host, address.Port);
        while (!_failed && _data.IsConnecting)
        {
            yield return FtpWait.For(FtpWaitKind.Anything);
            _failed = !_task.Succeeded || _task.TimedOut;
            if (_failed) yield break;
            if (_task.Request is { } request) Meanwhile(request);
            else Read();
        }

        _failed |= !_data.IsOnline;
    }

    /// <summary>Private addresses of a server are taken for its own.</summary>
    private (string Host, int Port)? PassiveAddress()
    {
        var open = _reply.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : _reply.IndexOf(')', open);
        if (close < 0) return null;
        var parts = _reply[(open + 1)..close].Split(',');
        if (parts.Length != 6 || parts.Any(part => part.Length > 3)) return null;
        var host = string.Join('.', parts[..4]);
        string[] others = ["172.", "192.", "10.", "127.0.0.1", "169.254.0.0", "169.254.0.16"];
        if (others.Any(start => host.StartsWith(start, StringComparison.Ordinal))) host = _host;
        return (host, (Number(parts[4]) * 256) + Number(parts[5]));
    }

    private static int Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number & 0xFF : 0;

    /// <summary>A download or a list.</summary>
    private IEnumerable<FtpWait> Transfer(string line, bool logs)
    {
        foreach (var wait in OpenData()) yield return wait;
        if (_failed)
        {
            if (logs) Error("ftp pasv_connect fail");
            yield break;
        }

        foreach (var wait in Ask(line)) yield return wait;
        if (_failed) yield break;
        _failed = !IsAccepted();
        if (_failed) yield break;
        var end = _reply.IndexOfAny(['\r', '\n']);
        var isDone = end >= 0 && _reply[end..].Contains("226", StringComparison.Ordinal);
        while (!isDone && (_data.IsOnline || _result.Bytes.Length > 0))
        {
            foreach (var wait in Receive()) yield return wait;
            if (_task.TimedOut && _task.Succeeded)
            {
                _failed = false;
                continue;
            }

            _failed |= !_reply.StartsWith("226", StringComparison.Ordinal);
            if (_failed) yield break;
            isDone = true;
        }

        _failed = !isDone;
        if (_failed || !_data.IsOnline) yield break;
        yield return new FtpWait(FtpWaitKind.Reply, TimeSpan.FromSeconds(1));
        _failed = !_task.Succeeded;
        if (_failed) yield break;
        if (!_task.TimedOut) Read();
        if (_data.IsOnline) _data.Disconnect();
    }

    private bool IsAccepted() => _reply.StartsWith("150", StringComparison.Ordinal)
        || _reply.StartsWith("125", StringComparison.Ordinal);

    /// <summary>The whole file goes into the queue at once; what finds no room there is lost.</summary>
    private IEnumerable<FtpWait> Upload()
    {
        foreach (var wait in OpenData()) yield return wait;
        if (_failed) yield break;
        foreach (var wait in Ask($"STOR {_remote}\r\n")) yield return wait;
        _failed |= !IsAccepted();
        if (_failed) yield break;
        while (_file?.Read((long)PushBytes) is { Length: > 0 } piece) _data.Send(piece);
        foreach (var wait in Receive()) yield return wait;
        if (_data.Acknowledged != _fileBytes)
        {
            Error(string.Create(
                CultureInfo.InvariantCulture, $"upload not finish !!! {_data.Acknowledged},{_fileBytes}"));
        }

        var failed = _failed;
        for (var i = 0; !failed && i < CloseWaits && _data.IsOnline; i++)
        {
            yield return new FtpWait(FtpWaitKind.Reply, FtpWait.StepLimit / CloseWaits);
            if (_task is { Succeeded: true, TimedOut: false }) Read();
        }

        _failed = failed;
    }
}
