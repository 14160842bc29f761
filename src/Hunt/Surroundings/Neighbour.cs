using AirHil.Modem.Acts;
using AirHil.Modem.Units;
using AirHil.Rig.Peers;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;

namespace AirHil.Hunt.Surroundings;

/// <summary>Something around a module, as a step and as what it does on a bench.</summary>
public abstract record Neighbour
{
    private Neighbour()
    {
    }

    /// <summary>The step without its keyword, and the rows of its table.</summary>
    public abstract string Step { get; }

    /// <summary>The lines of its table; the first has the names of the columns.</summary>
    public virtual IReadOnlyList<(string Name, string Value)> Rows => [];

    /// <summary>It comes when the module has power; else it is there before.</summary>
    public virtual bool IsAct => false;

    internal abstract void Join(Bench bench);

    /// <summary>In single quotes where that needs no escapes of quotes.</summary>
    private static string Quote(string text)
    {
        var quoted = Escapes.Quote(System.Text.Encoding.UTF8.GetBytes(text));
        return text.Contains('"', StringComparison.Ordinal) ? quoted : $"\"{quoted[1..^1]}\"";
    }

    private static IReadOnlyList<(string Name, string Value)> Table(PeerScript script) => script.Parameters.Count == 0
        ? []
        : [("parameter", "value"), .. script.Parameters.Select(p => (p.Key, p.Value))];

    private static string With(PeerScript script) => script.Parameters.Count == 0 ? "" : " with:";

    /// <summary>A service.</summary>
    /// <param name="Does">As steps have it: "echo", "200 ok".</param>
    public sealed record Service(Endpoint Endpoint, string Does) : Neighbour
    {
        public override string Step => (Endpoint.Behavior, Endpoint.Url.Scheme, Does) switch
        {
            (ScriptedService scripted, _, _) =>
                $"a service at {Url} that runs {Quote(scripted.Script.Name)}{With(scripted.Script)}",
            (_, "mqtt" or "mqtts", _) => $"a broker at {Url}",
            (_, "ftp", _) => $"an FTP server at {Url}",
            (_, "ws" or "wss" or "tcp" or "udp", "echo") => $"a service at {Url} that echoes",
            (_, "ws" or "wss" or "tcp" or "udp", "silent") => $"a service at {Url} that stays silent",
            _ => $"a service at {Url} that does {Quote(Does)}",
        };

        /// <summary>A URL has no escapes.</summary>
        private string Url => $"{Endpoint.Url}".Contains('"', StringComparison.Ordinal)
            ? $"'{Endpoint.Url}'"
            : $"\"{Endpoint.Url}\"";

        public override IReadOnlyList<(string Name, string Value)> Rows =>
            Endpoint.Behavior is ScriptedService scripted ? Table(scripted.Script) : [];

        internal override void Join(Bench bench) => bench.AddService(Endpoint);
    }

    /// <summary>A script that plays a device on a UART.</summary>
    public sealed record Peer(PeerScript Script, int Port) : Neighbour
    {
        public override string Step => $"a peer {Quote(Script.Name)} on UART {Port}{With(Script)}";

        public override IReadOnlyList<(string Name, string Value)> Rows => Table(Script);

        internal override void Join(Bench bench) => bench.AddPeer(Script, new PeerPlace.Uart(Port));
    }

    /// <summary>A device on a UART that answers a line.</summary>
    public sealed record Answer(AnswerUart Act) : Neighbour
    {
        public override string Step =>
            $"a device on UART {Act.Port} that answers {Quote(Act.Answer)} to {Quote(Act.Asked)}";

        internal override void Join(Bench bench) => bench.Do(Act).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>A line that comes again and again on a UART.</summary>
    public sealed record Line(int Port, string Text, TimeSpan Every) : Neighbour
    {
        public override string Step => $"{Quote(Text)} arrives at UART {Port} every {DurationText.Format(Every)}";

        public override bool IsAct => true;

        internal override void Join(Bench bench) =>
            bench.Do(Repeat.Uart(Port, Text, Every)).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Somebody sends text messages to the module, again and again.</summary>
    public sealed record TextMessage(string From, string Text, TimeSpan Every) : Neighbour
    {
        public override string Step =>
            $"a text message from \"{From}\" says {Quote(Text)} every {DurationText.Format(Every)}";

        public override bool IsAct => true;

        internal override void Join(Bench bench) =>
            bench.Do(new Repeat(new SendSms(From, Text), Every)).AsTask().GetAwaiter().GetResult();
    }
}
