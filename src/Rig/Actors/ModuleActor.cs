using AirHil.Modem.Messages;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;
using AirHil.Rig.World;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>
/// One module in a world of its own, on the wall clock, whatever is behind it. It takes every
/// <see cref="ModemCommand"/> and tells every <see cref="ModemReport"/> to those that sent it <see cref="Subscribe"/>.
/// Where the model or the rig breaks it stops, so watch it.
/// </summary>
#pragma warning disable CA1001 // an actor gives back what it holds when Akka stops it
public abstract class ModuleActor : WorldActor
{
    private const string Module = "1";
    private const int KeptEvents = 1000;
    private readonly HashSet<IActorRef> _subscribers = [];
    private readonly BenchOptions _options;
    private readonly FirmwareSource _firmware;
    private readonly Outside _outside;
    private World.World? _world;

    /// <param name="firmware">The script that the module runs.</param>
    /// <param name="options">The run's options; its clock is the wall's.</param>
    protected ModuleActor(FirmwareSource firmware, BenchOptions options)
        : this(firmware, options, new WallClock(options.Speed))
    {
    }

    private ModuleActor(FirmwareSource firmware, BenchOptions options, WallClock clock)
        : base(clock)
    {
        _firmware = firmware;
        _options = options with { Clock = RigClock.Wall, KeptEvents = KeptEvents };
        _outside = new Outside(clock, Self);
    }

    /// <summary>How such an actor is made.</summary>
    protected static Props Producing<TActor>(Func<TActor> create)
        where TActor : ModuleActor => Props.CreateBy(new Producer<TActor>(create));

    protected override void PreStart()
    {
        _world = new World.World(_options, _outside) { Reported = (_, report) => Tell(report) };
        _world.PutModem(Module, _firmware);
        Self.Tell(new WorldMessage.Host(_world.Loop));
        Self.Tell(new WorldMessage.Advance(null, TimeSpan.MaxValue, new TaskCompletionSource<bool>()));
    }

    protected override void PostStop()
    {
        base.PostStop();
        if (_world is null) return;
        _world.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ModemCommand command:
                base.OnReceive(new WorldMessage.Deliver(_world!.ModemOf(Module).Shell, command));
                break;
            case Subscribe:
                if (_subscribers.Add(Sender)) Context.Watch(Sender);
                Sender.Tell(Subscribed.Instance);
                break;
            case Terminated gone:
                _subscribers.Remove(gone.ActorRef);
                break;
            default:
                base.OnReceive(message);
                break;
        }
    }

    private void Tell(ModemReport report)
    {
        foreach (var subscriber in _subscribers) subscriber.Tell(report, Self);
    }

    /// <summary>The sender wants every report from now on; it is answered by <see cref="Subscribed"/>.</summary>
    public sealed record Subscribe
    {
        private Subscribe()
        {
        }

        public static Subscribe Instance { get; } = new();
    }

    /// <summary>From now on the sender gets every report.</summary>
    public sealed record Subscribed
    {
        private Subscribed()
        {
        }

        internal static Subscribed Instance { get; } = new();
    }

    private sealed class Outside(WallClock clock, IActorRef self) : IOutside
    {
        public WallClock Clock => clock;

        public void Deliver(IReceiver to, object message) => self.Tell(new WorldMessage.Deliver(to, message));
    }
}
