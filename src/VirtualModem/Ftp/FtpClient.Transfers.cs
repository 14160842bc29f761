using System.Globalization;
using System.Text;

using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Ftp;

/// <content>Transfers: the data connection, downloads, lists and uploads.</content>
internal sealed partial class FtpClient
{
    /// <summary>Asks for a data connection and makes it.</summary>
    private IEnumerable<FtpWait> OpenData()
    {
        foreach (var wait in Ask("PASV\r\n")) yield return wait;
        if (_failed) yield break;
        Debug($"luat_ftp_pasv_connect cmd_recv_data {Encoding.Latin1.GetString(_received).Split('\0')[0]}");
        _failed = !_reply.StartsWith("227", StringComparison.Ordinal);
        if (_failed)
        {
            Debug("ftp pasv_connect wrong");
            yield break;
        }

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
            else
            {
                Read();
                if (_reply.Length > 0) Debug($"ftp cmd rx {_reply}");
            }
        }

        _failed |= !_data.IsOnline;
        if (!_failed) Debug("ftp pasv_connect ok");
    }

    /// <summary>Private addresses of a server are taken for its own.</summary>
    private (string Host, int Port)? PassiveAddress()
    {
        var open = _reply.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return null;
        var parts = _reply[(open + 1)..].Split(',', 6);
        var close = parts[^1].IndexOf(')', StringComparison.Ordinal);
        if (parts.Length != 6 || close < 0) return null;
        parts[^1] = parts[^1][..close];
        if (parts.Any(part => part.Length > 3)) return null;
        var host = string.Join('.', parts[..4]);
        var port = (Number(parts[4]) * 256) + Number(parts[5]);
        var place = string.Create(CultureInfo.InvariantCulture, $"data_port:{port}");
        Debug($"data_addr:{host} {place}");
        string[] others = ["172.", "192.", "10.", "127.0.0.1", "169.254.0.0", "169.254.0.16"];
        if (others.Any(start => host.StartsWith(start, StringComparison.Ordinal)))
        {
            Debug($"g_s_ftp.network->addr:{_host}");
            host = _host;
        }

        Debug($"data_addr:{host} {place}");
        return (host, port);
    }

    /// <summary>As atoi reads it: up to what is no digit; 8 bits of it.</summary>
    private static int Number(string text)
    {
        var digits = text.TrimStart(' ', '\t', '\r', '\n', '\v', '\f');
        var end = digits.AsSpan(digits is ['+' or '-', ..] ? 1 : 0).IndexOfAnyExceptInRange('0', '9');
        var number = end < 0 ? digits : digits[..(end + (digits is ['+' or '-', ..] ? 1 : 0))];
        return int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value & 0xFF
            : 0;
    }

    /// <summary>A download or a list.</summary>
    /// <param name="line">What is asked for; a call that came meanwhile has changed it.</param>
    /// <param name="tell">Logs that there is no data connection.</param>
    private IEnumerable<FtpWait> Transfer(Func<string> line, Action<string> tell)
    {
        foreach (var wait in OpenData()) yield return wait;
        if (_failed)
        {
            tell("ftp pasv_connect fail");
            yield break;
        }

        foreach (var wait in Ask(line())) yield return wait;
        if (_failed) yield break;
        Debug(_reply);
        _failed = !IsAccepted();
        if (_failed) yield break;
        var end = _reply.IndexOfAny(['\r', '\n']);
        _received[_reply.Length] = 0;
        if (end >= 0) _received.AsSpan(end, _reply.Length - end + 1).CopyTo(_received);
        var isDone = end >= 0 && _reply[end..].Contains("226", StringComparison.Ordinal);
        while (!isDone && (_data.IsOnline || _result.Bytes.Length > 0))
        {
            foreach (var wait in Receive()) yield return wait;
            if (_task.TimedOut && _task.Succeeded)
            {
                _failed = false;
                continue;
            }

            Debug(_failed ? "rx error!-1" : _reply);
            _failed |= !_reply.StartsWith("226", StringComparison.Ordinal);
            if (_failed) yield break;
            isDone = true;
        }

        _failed = !isDone;
        if (_failed) Debug("???");
        if (_failed || !_data.IsOnline) yield break;
        yield return new FtpWait(FtpWaitKind.Reply, TimeSpan.FromSeconds(1));
        TellWait();
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
        if (_failed) Debug("ftp pasv_connect fail");
        if (_failed) yield break;
        foreach (var wait in Ask($"STOR {_remote}\r\n")) yield return wait;
        if (_failed) yield break;
        Debug(_reply);
        _failed = !IsAccepted();
        if (_failed) Debug("ftp STOR wrong");
        if (_failed) yield break;
        SendFile();
        foreach (var wait in Receive()) yield return wait;
        if (_data.Acknowledged != _fileBytes)
        {
            Error(string.Create(
                CultureInfo.InvariantCulture, $"upload not finish !!! {_data.Acknowledged},{_fileBytes}"));
        }

        var failed = _failed;
        if (!failed && !_reply.StartsWith("226", StringComparison.Ordinal)) Debug("ftp STOR wrong");
        while (!failed && _closeWaits < CloseWaits && _data.IsOnline)
        {
            _closeWaits++;
            yield return new FtpWait(FtpWaitKind.Reply, FtpWait.StepLimit / CloseWaits);
            TellWait();
            if (_task is { Succeeded: true, TimedOut: false }) Read();
        }

        _failed = failed;
    }

    private void SendFile()
    {
        using var room = HeapRoom.TryTake(_stack.Heap, PushBytes);
        if (room is null) _board.Notice("ftp.push: no memory for a piece of the file; V1112 writes to address 0 here.");
        var offset = 0;
        while (_file?.Read((long)PushBytes) is { Length: > 0 } piece)
        {
            Debug(string.Create(CultureInfo.InvariantCulture, $"luat_ftp_data_send data:{piece.Length}"));
            _data.Send(piece);
            offset += piece.Length;
        }

        Debug(string.Create(CultureInfo.InvariantCulture, $"offset:{offset} file_size:{_fileBytes}"));
    }
}
