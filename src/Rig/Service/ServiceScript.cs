using AirHil.Lua.Values;
using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;

namespace AirHil.Rig.Service;

/// <summary>
/// A script of the user that plays an endpoint: it hears of clients, gets what they send, and answers. One script
/// serves all clients of its endpoint.
/// </summary>
internal sealed class ServiceScript : IScriptOwner
{
    /// <summary>Sockets of datagrams that are remembered; then the first ones are forgotten.</summary>
    private const int FlowLimit = 1000;

    /// <summary>The functions of a script that are called.</summary>
    private static readonly string[] Heard = ["on_connect", "on_data", "on_close", "on_request", "on_publish"];

    private readonly ServiceSide _side;
    private readonly ScriptHost _host;
    private readonly Dictionary<LuaTable, ScriptClient> _byTable = new(ReferenceEqualityComparer.Instance);
    private readonly SortedDictionary<int, ScriptClient> _clients = [];
    private readonly SortedDictionary<int, DatagramScriptClient> _flows = [];
    private TimeSpan? _armedAt;
    private ScriptClient? _current;

    /// <param name="side">What the services share.</param>
    /// <param name="script">What it does.</param>
    /// <param name="url">Where it is; its random numbers are its own at each place.</param>
    public ServiceScript(ServiceSide side, PeerScript script, ServiceUrl url)
    {
        _side = side;
        _host = new ScriptHost(
            script, this, ServiceLibrary.Definition, Heard,
            SplitMix64.For(side.Seed, $"service {script.FileName} {url}").Next(),
            side.Date - side.Now);
    }

    /// <summary>Publishes a message where the service is a broker; null where it is not.</summary>
    public Action<string, ReadOnlyMemory<byte>, int, bool>? Publisher { get; init; }

    /// <summary>Another behaviour has taken its place: it is not called any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>Runs the script from its top.</summary>
    public void Start()
    {
        _host.Start(_side.Now);
        Arm();
    }

    /// <summary>A client is there.</summary>
    /// <param name="name">What it calls itself; "" where the protocol has no such name.</param>
    public void Connected(ServiceSession session, string name = "")
    {
        if (IsOver) return;
        var connection = session.Connection;
        var table = TableOf(connection.Id, connection.Port, name);
        var client = new ConnectedScriptClient(_side, session) { Reference = _host.State.Reference(table) };
        _clients.Add(connection.Id, client);
        _byTable.Add(table, client);
        connection.Gone = () => Leave(connection.Id);
        Call(client, "on_connect", table);
    }

    /// <summary>A client sends something.</summary>
    public void Received(ServiceConnection connection, ServiceMessage message)
    {
        if (_clients.GetValueOrDefault(connection.Id) is { } client) Give(client, message);
    }

    /// <summary>A datagram came.</summary>
    public void Received(ServiceInput.Datagram datagram)
    {
        if (IsOver) return;
        if (!_flows.TryGetValue(datagram.Flow, out var client))
        {
            if (_flows.Count >= FlowLimit) Forget(_flows.First());
            var table = TableOf(datagram.Flow, datagram.Port, "");
            client = new DatagramScriptClient(_side) { Last = datagram, Reference = _host.State.Reference(table) };
            _flows.Add(datagram.Flow, client);
            _byTable.Add(table, client);
        }

        client.Last = datagram;
        Give(client, new ServiceMessage(datagram.Bytes, false));
    }

    /// <summary>Asks the script for something.</summary>
    /// <returns>What it answers; null: it has no such function, or it is over.</returns>
    public IReadOnlyList<LuaValue>? Ask(string function, params LuaValue[] arguments)
    {
        if (IsOver) return null;
        var answer = _host.Call(function, _side.Now, arguments);
        Arm();
        return answer;
    }

    /// <summary>A text of bytes for the script.</summary>
    public LuaValue Text(ReadOnlyMemory<byte> bytes) => _host.Text(bytes);

    /// <inheritdoc cref="ScriptHost.Spend"/>
    public string? Spend(long bytes) => _host.Spend(bytes);

    /// <inheritdoc cref="ScriptHost.Refuse"/>
    public void Refuse(string function, string why) => _host.Refuse(function, why);

    /// <summary>A table for the script.</summary>
    public LuaTable NewTable() => _host.State.NewTable();

    /// <summary>Whose table it is; null: it is nobody's, or of a client that has gone.</summary>
    public ScriptClient? ClientOf(LuaTable table) => _byTable.GetValueOrDefault(table);

    /// <summary>The client whose function runs, or all that are connected.</summary>
    public IEnumerable<ScriptClient> Addressed() => _current is { } one ? [one] : _clients.Values;

    public bool Log(string line)
    {
        _side.Record("", new ScriptLogged(_host.Now, _host.Script.Name, line));
        return true;
    }

    public void Fail(string message) => _side.Record("", new ScriptFailed(_host.Now, _host.Script.Name, message));

    private void Give(ScriptClient client, ServiceMessage message) => Call(
        client, "on_data", _host.Text(message.Bytes), _host.State.Dereference(client.Reference),
        message.IsText ? "text" : "binary");

    private void Leave(int id)
    {
        if (!_clients.Remove(id, out var client)) return;
        var table = _host.State.Dereference(client.Reference);
        Call(client, "on_close", table);
        _byTable.Remove(table.AsTable!);
        _host.State.Release(client.Reference);
    }

    private void Forget(KeyValuePair<int, DatagramScriptClient> flow)
    {
        _flows.Remove(flow.Key);
        _byTable.Remove(_host.State.Dereference(flow.Value.Reference).AsTable!);
        _host.State.Release(flow.Value.Reference);
    }

    private void Call(ScriptClient client, string function, params LuaValue[] arguments)
    {
        _current = client;
        Ask(function, arguments);
        _current = null;
    }

    private LuaTable TableOf(int id, int port, string name)
    {
        var table = _host.State.NewTable(0, 3);
        table["id"] = id;
        table["port"] = port;
        table["name"] = name;
        foreach (var (method, body) in ServiceLibrary.Methods.Entries) table[method] = body;
        return table;
    }

    private void Arm()
    {
        if (_host.NextDue is not { } due || due >= _armedAt) return;
        _armedAt = due;
        _side.After(due - _side.Now, () =>
        {
            if (_armedAt <= _side.Now) _armedAt = null;
            if (IsOver) return;
            _host.RunTimers(_side.Now);
            Arm();
        });
    }
}
