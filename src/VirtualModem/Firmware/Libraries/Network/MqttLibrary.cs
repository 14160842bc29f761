using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Mqtt;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary><c>mqtt</c> and its objects (reference-net §3, L:components/network/libemqtt/luat_lib_mqtt.c).</summary>
internal static class MqttLibrary
{
    private const string TypeName = "MQTTCTRL*";

    /// <summary>
    /// sizeof(luat_mqtt_ctrl_t) on the chip, which lies on the Lua heap: 3 × 192 bytes of texts, 192 of the host, and
    /// 100 of numbers and pointers.
    /// </summary>
    private const int ObjectSize = 868;

    private const int DefaultKeepAlive = 240;
    private const int LeastKeepAlive = 15;
    private const int MostKeepAlive = 600;
    private const int LeastConackSeconds = 5;
    private const int MostConackSeconds = 120;

    /// <summary>The buffers of auth from V1114 on, which then refuses what is longer.</summary>
    private const int LongestName = 192;

    private const int LongestPassword = 512;
    private const int DefaultReconnectMs = 3000;
    private const int Verifies = 2;

    private static readonly NativeFunction Index = new("mqtt.__index", LookUp);
    private static readonly NativeFunction NoFunction = new("mqtt.STATE", CallNumber);
    private static readonly Lazy<LuaLibrary> Complete =
        new(() => FunctionCatalogue.Complete("mqtt", Definition).AsUserdata);

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("mqtt")
        .Add("create", Create)
        .Add("auth", Auth)
        .Add("keepalive", KeepAlive)
        .Add("on", On)
        .Add("connect", static (in LuaCall call) => call.Return(Client(call).Connect()))
        .Add("autoreconn", AutoReconnect)
        .Add("publish", Publish)
        .Add("subscribe", Subscribe)
        .Add("unsubscribe", Unsubscribe)
        .Add("disconnect", Disconnect)
        .Add("close", Close)
        .Add("ready", static (in LuaCall call) => call.Return(Client(call).State == MqttState.Ready))
        .Add("will", Will)
        .Add("debug", Debug)
        .Add("state", static (in LuaCall call) => call.Return((int)Client(call).State));

    /// <summary>An error of the script in here leaves the socket taken, as on V1112.</summary>
    private static int Create(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var adapter = call.IntOr(1, AdapterNumber.Cellular);
        if (adapter is < 0 or > AdapterNumber.Last)
        {
            host.Log.Write(LogLevel.Error, MqttClient.Tag, "尚无已注册的网络适配器");
            return call.Return();
        }

        var handle = new MqttHandle(host.Board);
        if (MqttClient.Create(host.Board, host.Network, adapter, handle) is not { } client) return call.Return();
        handle.Client = client;
        EarlyUserdata.Refuse(call, 2, "string");
        var name = call[2].IsInteger ? null : LuaText.Path(call.String(2));
        var port = EarlyUserdata.Int(call, 3);
        var tls = TlsOf(call);
        var buffer = BufferOf(call);
        if (name is null) throw NullPointer.Error(call, "mqtt.create with a number as host");
        if (tls is not null) TlsSetup.Charge(call);
        client.ConackSeconds = ConackSecondsOf(call, client.ConackSeconds);
        if (!client.Configure(name, port, tls, buffer)) return call.Return();
        handle.Self = call.State.NewUserdata(
            handle, TypeMetatable.Of(call.State, TypeName, ("__index", Index)), ObjectSize);
        // The object keeps itself until close() (reference-net §3.1).
        handle.SelfReference = call.State.Reference(handle.Self);
        return call.Return(handle.Self);
    }

    /// <summary>A table verifies by default, even without a certificate: then no handshake succeeds.</summary>
    private static MqttTls? TlsOf(in LuaCall call)
    {
        if (call[4].IsBoolean) return call[4].IsTruthy ? new MqttTls(false, null, null) : null;
        if (OptionTable.At(call, 4) is not { } table) return null;
        var verify = table["verify"].IsNumber ? (byte)(int)table["verify"].AsNumber : Verifies;
        return new MqttTls(
            verify == Verifies,
            TlsSetup.Authorities(table["server_cert"].AsString),
            TlsSetup.Identity(
                call, "mqtt.create", table["client_cert"].AsString, table["client_key"].AsString,
                table["client_password"].AsString));
    }

    private static uint BufferOf(in LuaCall call)
    {
        if (OptionTable.At(call, 5) is not { } table || !table["rxSize"].IsNumber) return MqttClient.DefaultBuffer;
        var size = table["rxSize"].AsNumber;
        // Four bytes more are taken for it, so that the sum begins at 0 again, and what comes overruns it.
        if (size >= uint.MaxValue - 3) throw NotModelled.Error(call, "mqtt.create(…, {rxSize = 4294967292})");
        return size >= 1 ? (uint)size : MqttClient.DefaultBuffer;
    }

    private static int ConackSecondsOf(in LuaCall call, int otherwise) =>
        OptionTable.At(call, 5) is { } table && table["conn_timeout"].IsNumber
            ? (int)Math.Clamp(table["conn_timeout"].AsNumber, LeastConackSeconds, MostConackSeconds)
            : otherwise;

    /// <summary>The library's constants are taken for functions here.</summary>
    private static int LookUp(in LuaCall call)
    {
        var value = Complete.Value[call.String(2)];
        if (value.IsNil) return call.Return();
        return call.Return(value.AsFunction is null ? NoFunction : value);
    }

    private static int CallNumber(in LuaCall call) =>
        throw NullPointer.Error(call, "A constant of mqtt was called on an object");

    /// <summary>The object, whether it was closed or not.</summary>
    private static MqttHandle Object(in LuaCall call) => call[1].AsUserdata?.Payload is MqttHandle handle
        ? handle
        : throw NullPointer.Error(call, "An mqtt function was called without an mqtt object");

    private static MqttClient Client(in LuaCall call) => Object(call).Client;

    private static int Auth(in LuaCall call)
    {
        var settings = Client(call).Settings;
        var id = TextOrEmpty(call, 2);
        var user = TextOrEmpty(call, 3);
        var password = TextOrEmpty(call, 4);
        var clean = !call[5].IsBoolean || call[5].IsTruthy;
        if (!FirmwareChange.CheckedAuth.IsIn(call.Host<FirmwareHost>().Parameters))
        {
            settings.SetTexts(id.Span, user.Span, password.Span, clean);
            return call.Return();
        }

        var log = call.Host<FirmwareHost>().Log;
        var tooLong = id.Length > LongestName ? "client_id" : user.Length > LongestName ? "username"
            : password.Length > LongestPassword ? "password" : null;
        if (tooLong is not null)
        {
            log.Write(LogLevel.Error, MqttClient.Tag, $"mqtt {tooLong} 太长或者无效!!!!");
            return call.Return();
        }

        settings.SetTexts(id.Span, user.Span, password.Span, clean);
        return call.Return(true);
    }

    private static LuaString TextOrEmpty(in LuaCall call, int index) =>
        call[index].IsNil ? LuaString.Empty : LuaText.CText(call.String(index));

    private static int KeepAlive(in LuaCall call)
    {
        Client(call).KeepAlive = Math.Clamp(call.IntOr(2, DefaultKeepAlive), LeastKeepAlive, MostKeepAlive);
        return call.Return();
    }

    private static int On(in LuaCall call)
    {
        Object(call).Callback.Replace(call.State, call[2].AsFunction);
        return call.Return();
    }

    private static int AutoReconnect(in LuaCall call)
    {
        bool? enabled = call[2].IsBoolean ? call[2].IsTruthy : null;
        Client(call).SetAutoReconnect(enabled, call.UIntOr(3, DefaultReconnectMs));
        return call.Return();
    }

    private static int Publish(in LuaCall call)
    {
        var handle = Object(call);
        var topic = LuaText.CText(call.String(2));
        ReadOnlySpan<byte> payload = default;
        if (call[3].AsString is not null || call[3].IsNumber) payload = call.String(3).Span;
        else if (Zbuff.From(call[3]) is { } buffer) payload = buffer.Data;
        else call.Host<FirmwareHost>().Log.Write(LogLevel.Debug, MqttClient.Tag, "only support string or zbuff");
        var qos = (byte)call.IntOr(4, 0);
        var retain = (byte)call.IntOr(5, 0);
        if (handle.Client.Publish(topic.Span, payload, qos, retain != 0) is not { } id) return call.Return();
        if (qos == 0) handle.Raise(MqttEventKind.Sent, id: id);
        return call.Return(id);
    }

    private static int Subscribe(in LuaCall call)
    {
        var client = Client(call);
        if (call[2].AsString is not null || call[2].IsNumber)
        {
            var topic = LuaText.CText(call.String(2));
            var qos = (byte)call.IntOr(3, 0);
            return client.Subscribe(topic.Span, qos, out var id) ? call.Return(id) : call.Return();
        }

        return call[2].AsTable is { } table ? SubscribeAll(call, client, table) : call.Return(0);
    }

    private static int SubscribeAll(in LuaCall call, MqttClient client, LuaTable table)
    {
        var all = true;
        ushort last = 0;
        LuaValue key = default;
        while (table.Next(key, out key, out var value))
        {
            var topic = key.AsString ?? (key.IsNumber
                ? call.State.NumberToString(key)
                : throw NullPointer.Error(call, "mqttc:subscribe with a topic that is no text"));
            var qos = call.IntOf(value, -1);
            all &= client.Subscribe(LuaText.CText(topic).Span, (byte)qos, out last);
            // The topic became a string in its place, which is no key of the table.
            if (key.IsNumber) throw new LuaException("invalid key to 'next'");
        }

        return all ? call.Return(last) : call.Return();
    }

    private static int Unsubscribe(in LuaCall call)
    {
        var client = Client(call);
        if (call[2].AsString is not null || call[2].IsNumber)
        {
            var topic = LuaText.CText(call.String(2));
            return client.Unsubscribe(topic.Span, out var id) ? call.Return(id) : call.Return();
        }

        if (OptionTable.At(call, 2) is not { } table) return call.Return();
        for (var i = 1; i <= table.Length; i++)
        {
            var item = table[i];
            var topic = item.AsString ?? (item.IsNumber
                ? call.State.NumberToString(item)
                : throw call.ArgumentError(-1, $"string expected, got {item.TypeName}"));
            client.Unsubscribe(LuaText.CText(topic).Span, out _);
        }

        return call.Return();
    }

    private static int Disconnect(in LuaCall call)
    {
        Client(call).Disconnect();
        return call.Return(true);
    }

    private static int Close(in LuaCall call)
    {
        var handle = Object(call);
        handle.Client.Disconnect();
        handle.Callback.Replace(call.State, null);
        handle.Client.Release();
        return call.Return();
    }

    private static int Will(in LuaCall call)
    {
        var client = Client(call);
        var topic = LuaText.CText(call.String(2));
        var payload = call.String(3);
        var qos = (byte)call.IntOr(4, 0);
        var retain = (byte)call.IntOr(5, 0);
        return call.Return(!client.IsClosed && client.Settings.SetWill(topic.Span, payload.Span, qos, retain != 0));
    }

    private static int Debug(in LuaCall call)
    {
        var client = Client(call);
        if (!call[2].IsBoolean) return call.Return();
        if (client.IsClosed) throw NullPointer.Error(call, "mqttc:debug after mqttc:close()");
        client.SetDebug(call[2].IsTruthy);
        return call.Return();
    }
}
