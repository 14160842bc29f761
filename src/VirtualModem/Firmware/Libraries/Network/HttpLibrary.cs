using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Http;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary><c>http</c>, also known as <c>http2</c> (reference-net §4).</summary>
internal static class HttpLibrary
{
    private const int LongestMethod = 11;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("http").Add("request", Request);

    /// <summary>An error of the script in here leaves the request's memory and its socket taken, as on V1112.</summary>
    private static int Request(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var handle = new HttpHandle(host.Board);
        if (HttpExchange.Create(host.Board, host.Network, host.Files, handle) is not { } client)
        {
            host.Log.Write(LogLevel.Error, HttpExchange.Tag, "out of memory when malloc http_ctrl");
            return call.Continue(frame => Give(frame, HttpOutcome.ConnectFailed));
        }

        handle.Client = client;
        var options = HttpOptions.Read(call);
        var callback = options.Callback;
        if (callback is not null) handle.SetCallback(call.State, callback, options.UserData);
        if (!TakeSocket(host, client, options) || ReadRequest(call, client, options) is not { } request)
        {
            client.Free();
            return call.Continue(frame => Give(frame, HttpOutcome.ConnectFailed));
        }

        return call.Continue(frame => Begin(frame, handle, request));
    }

    private static bool TakeSocket(FirmwareHost host, HttpExchange client, HttpOptions options)
    {
        if (options is { Fota: true, Destination: not null })
        {
            host.Log.Write(LogLevel.Error, HttpExchange.Tag, "Only one can be selected for FOTA and Download");
            return false;
        }

        if (options.Adapter is < 0 or > AdapterNumber.Last)
        {
            host.Log.Write(LogLevel.Error, HttpExchange.Tag, $"bad network adapter index {options.Adapter}");
            return false;
        }

        if (!client.TakeSocket(options.Adapter))
        {
            host.Log.Write(LogLevel.Error, HttpExchange.Tag, "netc create fail");
            return false;
        }

        if (options.Ipv6) host.Log.Write(LogLevel.Info, HttpExchange.Tag, "enable ipv6 support for http request");
        if (options.IsDebug) client.TurnDebugOn();
        return true;
    }

    /// <summary>The other arguments; null: refused, and the log tells why.</summary>
    private static HttpRequest? ReadRequest(in LuaCall call, HttpExchange client, HttpOptions options)
    {
        var log = call.Host<FirmwareHost>().Log;
        var method = call[1].IsNil ? LuaString.FromText("GET") : call.String(1);
        if (method.Length > LongestMethod)
        {
            log.WriteBytes(LogLevel.Error, HttpExchange.Tag, $"method is too long {LuaText.Path(method)}");
            return null;
        }

        var verb = LuaText.Path(method);
        var address = LuaText.Path(call.String(2));
        if (HttpUrl.Overflows(address))
        {
            call.Host<FirmwareHost>().Notice(
                $"http.request: a host over {HttpUrl.HostBuffer - 3} bytes without a path; V1112 overwrites its " +
                "memory here.");
        }

        var takesAll = FirmwareChange.MoreMethods.IsIn(call.Host<FirmwareHost>().Parameters);
        if (HttpUrl.Parse(verb, address, takesAll, log) is not { } url) return null;
        var headers = new HttpRequestHeaders();
        if (call[3].AsTable is { } table) headers.Add(call, table);
        var isPost = verb is "POST" or "PUT";
        ReadOnlyMemory<byte>? body = null;
        ZbuffBody? buffer = null;
        if (IsText(call[4]))
        {
            body = call.String(4).Memory;
            headers.AddLength(body.Value.Length);
        }
        else if (ZbuffLibrary.ArgumentOrNull(call, 4) is { } data)
        {
            buffer = new ZbuffBody(data);
            if (isPost) headers.AddLength(buffer.Data.Length);
        }

        var kept = headers.Bytes.Length + 1 + (body is { } text ? text.Length + 1 : 0);
        if (!client.TryKeep(kept))
        {
            throw NullPointer.Error(call, "http.request without system heap for its headers and body");
        }
        if (url.Tls) TlsSetup.Charge(call);
        return new HttpRequest
        {
            Url = url,
            IsPost = isPost,
            Headers = headers.Bytes.ToArray(),
            HasHost = headers.HasHost,
            Body = body,
            Buffer = buffer,
            TimeoutMs = options.TimeoutMs,
            Destination = options.Destination,
            Update = options.Fota ? call.Host<FirmwareHost>().Update : null,
            TellsProgress = options.Callback is not null,
            Verifies = IsText(call[6]) || IsText(call[7]),
            Authorities = url.Tls ? TlsSetup.Authorities(TextOrNull(call, 6)) : null,
            Identity = url.Tls
                ? TlsSetup.Identity(
                    call, "http.request", TextOrNull(call, 7), TextOrNull(call, 8), TextOrNull(call, 9))
                : null,
        };
    }

    private static LuaString? TextOrNull(in LuaCall call, int index) => IsText(call[index]) ? call.String(index) : null;

    private static bool IsText(in LuaValue value) => value.AsString is not null || value.IsNumber;

    private static IEnumerator<NativeStep> Begin(NativeFrame frame, HttpHandle handle, HttpRequest request)
    {
        var host = (FirmwareHost)frame.State.Host!;
        LuaValue result = default;
        if (WaitObject.Make(frame.State, host, out var id) is { } make)
        {
            yield return make;
            result = frame.Result(0);
        }

        handle.WaitId = id;
        if (handle.Client.Start(request))
        {
            frame.Return(result);
            yield break;
        }

        handle.Client.Free();
        if (WaitObject.MakeDone(frame.State, host, (int)HttpOutcome.ConnectFailed) is { } done)
        {
            yield return done;
            frame.Return(frame.Result(0));
        }
    }

    private static IEnumerator<NativeStep> Give(NativeFrame frame, HttpOutcome outcome)
    {
        var host = (FirmwareHost)frame.State.Host!;
        if (WaitObject.MakeDone(frame.State, host, (int)outcome) is not { } make) yield break;
        yield return make;
        frame.Return(frame.Result(0));
    }

    private sealed class ZbuffBody(Zbuff buffer) : IHttpBuffer
    {
        public ReadOnlySpan<byte> Data => buffer.Data;

        public bool Append(ReadOnlySpan<byte> bytes) => buffer.Append(bytes);
    }
}
