using AirHil.Lua.Run;
using AirHil.Rig.Peers;

namespace AirHil.Rig.Service;

/// <summary>What the script of a service can call beside <see cref="ScriptLibrary"/> (docs/peers.md).</summary>
internal static class ServiceLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("service")
        .Add("send", Send)
        .Add("close", Close)
        .Add("publish", Publish)
        .Add("receive", Receive);

    /// <summary>What a client can be told: client:send(…).</summary>
    public static LibraryDefinition Methods { get; } = new LibraryDefinition("client")
        .Add("send", SendTo)
        .Add("close", CloseOf)
        .Add("reset", ResetOf);

    private static ServiceScript Script(in LuaCall call) => (ServiceScript)call.Host<ScriptHost>().Owner;

    private static int Send(in LuaCall call)
    {
        var message = Message(call, 1);
        foreach (var client in Script(call).Addressed()) client.Send(message);
        return call.Return();
    }

    private static int Close(in LuaCall call)
    {
        foreach (var client in Script(call).Addressed()) client.Close(reset: false);
        return call.Return();
    }

    private static int SendTo(in LuaCall call)
    {
        var client = Client(call);
        client?.Send(Message(call, 2));
        return call.Return(client is not null);
    }

    private static int CloseOf(in LuaCall call)
    {
        var client = Client(call);
        client?.Close(reset: false);
        return call.Return(client is not null);
    }

    private static int ResetOf(in LuaCall call)
    {
        var client = Client(call);
        client?.Close(reset: true);
        return call.Return(client is not null);
    }

    private static int Publish(in LuaCall call)
    {
        var publisher = Script(call).Publisher ?? throw call.Error("publish is there for mqtt:// and mqtts:// only");
        var quality = call.IntegerOr(3, 0);
        if (quality is < 0 or > 2) throw call.ArgumentError(3, "a QoS is 0, 1 or 2");
        try
        {
            var (topic, content) = (call.String(1), call.String(2).Memory);
            ScriptLibrary.Spend(call, topic.Length + content.Length);
            publisher(topic.ToString(), content, (int)quality, call.Truthy(4));
        }
        catch (FormatException wrong)
        {
            throw call.ArgumentError(1, wrong.Message);
        }

        return call.Return();
    }

    private static int Receive(in LuaCall call) =>
        throw call.Error("receive is for peers, which have one line; a service gets its clients' bytes by on_data");

    private static ServiceMessage Message(in LuaCall call, int index)
    {
        var kind = call[index + 1].IsNil ? "text" : call.String(index + 1).ToString();
        if (kind is not ("text" or "binary"))
        {
            throw call.ArgumentError(index + 1, "a message is 'text' or 'binary'");
        }

        var content = call.String(index).Memory;
        ScriptLibrary.Spend(call, content.Length);
        return new ServiceMessage(content, kind == "text");
    }

    /// <summary>Null: the client has gone.</summary>
    private static ScriptClient? Client(in LuaCall call) => Script(call).ClientOf(call.Table(1));
}
