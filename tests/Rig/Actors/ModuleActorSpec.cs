using System.Text;
using System.Threading.Channels;
using AirHil.Modem.Messages;
using AirHil.Rig.Actors;
using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Runs;
using Akka.Actor;

namespace AirHil.Rig.Tests.Actors;

/// <summary>
/// What an actor of one module must do, whatever is behind it. The test knows it by its messages alone: it tells
/// commands, and hears reports as any subscriber does.
/// </summary>
public abstract class ModuleActorSpec : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private readonly Channel<object> _heard = Channel.CreateUnbounded<object>();
    private readonly List<object> _reports = [];
    private ActorSystem _system = null!;
    private IActorRef _module = null!;
    private IActorRef _probe = null!;

    protected abstract Props Module(FirmwareSource firmware);

    public async ValueTask InitializeAsync()
    {
        _system = ActorSystem.Create("embedding", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        _module = _system.ActorOf(Module(EchoFirmware.WithBeatOf(Beat)), "module");
        _probe = _system.ActorOf(Props.Create(() => new Probe(_heard.Writer)));
        _probe.Tell(new Watch(_module));
        await Hear<ModuleActor.Subscribed>();
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Power_starts_it_and_its_log_is_told()
    {
        _module.Tell(new ModemCommand.ApplyPower());
        await Hear<ModemReport.PoweredOn>();
        await HearLog("ready");
        var first = await HearLog("alive");
        (await HearLog("alive")).Tick.ShouldBeGreaterThan(first.Tick);
    }

    [Fact]
    public async Task What_is_written_to_its_uart_comes_back_from_the_script()
    {
        await Start();
        _module.Tell(new ModemCommand.WriteUart(1, Encoding.ASCII.GetBytes("hello")));
        var heard = "";
        while (heard != "hello")
        {
            heard += Encoding.ASCII.GetString((await Hear<ModemReport.UartReceived>(r => r.Port == 1)).Bytes.Span);
        }
    }

    [Fact]
    public async Task Without_supply_it_falls_silent_and_with_it_it_starts_again()
    {
        await Start();
        _module.Tell(new ModemCommand.CutPower());
        await Hear<ModemReport.PoweredOff>();
        _module.Tell(new ModemCommand.WriteUart(1, Encoding.ASCII.GetBytes("lost")));
        _module.Tell(new ModemCommand.ApplyPower());
        await HearLog("ready");
        await HearLog("alive");
        _reports.OfType<ModemReport.UartReceived>().Select(r => Encoding.ASCII.GetString(r.Bytes.Span))
            .ShouldNotContain(text => text.Contains("lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reset_starts_it_again_and_its_tick()
    {
        await Start();
        var before = await HearLog("alive");
        _module.Tell(new ModemCommand.PullReset());
        await Hear<ModemReport.PoweredOn>();
        (await HearLog("ready")).Tick.ShouldBeLessThan(before.Tick + Patience);
    }

    [Fact]
    public async Task Who_watches_it_is_told_of_its_end()
    {
        await Start();
        _module.Tell(PoisonPill.Instance);
        await Hear<Terminated>();
    }

    private async Task Start()
    {
        _module.Tell(new ModemCommand.ApplyPower());
        await HearLog("ready");
    }

    private Task<ModemReport.LogLine> HearLog(string text) =>
        Hear<ModemReport.LogLine>(line => line.Text.Contains(text, StringComparison.Ordinal));

    private async Task<T> Hear<T>(Func<T, bool>? condition = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var heard = await _heard.Reader.ReadAsync(limit.Token);
                _reports.Add(heard);
                if (heard is T wanted && condition?.Invoke(wanted) != false) return wanted;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no such {typeof(T).Name}; heard: {string.Join("\n", _reports)}");
        }
    }

    private sealed record Watch(IActorRef Module);

    private sealed class Probe(ChannelWriter<object> heard) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not Watch watch)
            {
                heard.TryWrite(message);
                return;
            }

            Context.Watch(watch.Module);
            watch.Module.Tell(ModuleActor.Subscribe.Instance);
        }
    }
}
