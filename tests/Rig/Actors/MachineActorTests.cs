using AirHil.Modem;
using AirHil.Rig.Actors;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;
using Akka.Actor;

namespace AirHil.Rig.Tests.Actors;

public sealed class MachineActorTests : IDisposable
{
    private readonly ActorSystem _system = VirtualSystem.Rent(DateTimeOffset.UnixEpoch);
    private readonly SessionLog _session = new();
    private readonly List<string> _performed = [];

    private VirtualTimeScheduler Time => (VirtualTimeScheduler)_system.Scheduler;

    public void Dispose()
    {
        VirtualSystem.Return(_system, clean: false);
        _session.Dispose();
    }

    [Fact]
    public void Outputs_come_at_the_machines_deadlines()
    {
        var (actor, run) = Start(new Reminder());
        foreach (var ms in (int[])[300, 100, 200]) actor.Tell($"{ms}");
        Time.AdvanceTo(TimeSpan.FromMilliseconds(1000));
        run.ThrowIfFailed();
        _performed.ShouldBe(["100 at 100", "200 at 200", "300 at 300"]);
    }

    [Fact]
    public void A_later_deadline_costs_no_further_timer()
    {
        var (actor, _) = Start(new Reminder());
        for (var ms = 100; ms < 200; ms++) actor.Tell($"{ms}");
        Time.Drain();
        Time.PendingTimers.ShouldBe(1);
    }

    [Fact]
    public void An_exception_in_a_machine_is_kept_for_the_driver()
    {
        var (actor, run) = Start(new Reminder());
        actor.Tell("not a number");
        Time.Drain();
        Should.Throw<RunFailedException>(run.ThrowIfFailed).InnerException.ShouldBeOfType<FormatException>();
    }

    [Fact]
    public void A_machine_that_never_lets_time_pass_is_a_defect_and_not_a_hang()
    {
        var (_, run) = Start(new Restless());
        Time.AdvanceTo(TimeSpan.FromMilliseconds(10));
        Should.Throw<RunFailedException>(run.ThrowIfFailed).Message.ShouldContain("Restless asks to be woken");
    }

    [Fact]
    public void A_message_that_nobody_knows_is_a_defect()
    {
        var (actor, run) = Start(new Reminder());
        actor.Tell(42);
        Time.Drain();
        Should.Throw<RunFailedException>(run.ThrowIfFailed);
    }

    private (IActorRef Actor, RunContext Run) Start(ISansIoMachine<string, string> machine)
    {
        var run = new RunContext(new RunClock(Time), _session);
        return (_system.ActorOf(Producer<Shell>.Of(() => new Shell(machine, run, _performed))), run);
    }

    private sealed class Shell(ISansIoMachine<string, string> machine, RunContext run, List<string> performed)
        : MachineActor<string, string>(machine, run)
    {
        protected override void Perform(string output, TimeSpan now) =>
            performed.Add($"{output} at {now.TotalMilliseconds}");
    }

    /// <summary>Says each number when that many milliseconds of the run have passed.</summary>
    private sealed class Reminder : ISansIoMachine<string, string>
    {
        private readonly PriorityQueue<string, TimeSpan> _due = new();
        private readonly Queue<string> _outputs = new();

        public TimeSpan? NextTimeout => _due.TryPeek(out _, out var at) ? at : null;

        public void Handle(string input, TimeSpan now) => _due.Enqueue(
            input, TimeSpan.FromMilliseconds(int.Parse(input, System.Globalization.CultureInfo.InvariantCulture)));

        public void HandleTimeout(TimeSpan now)
        {
            while (_due.TryPeek(out _, out var at) && at <= now) _outputs.Enqueue(_due.Dequeue());
        }

        public bool TryTake(out string output) => _outputs.TryDequeue(out output!);
    }

    private sealed class Restless : ISansIoMachine<string, string>
    {
        public TimeSpan? NextTimeout => TimeSpan.Zero;

        public void Handle(string input, TimeSpan now)
        {
        }

        public void HandleTimeout(TimeSpan now)
        {
        }

        public bool TryTake(out string output)
        {
            output = "";
            return false;
        }
    }
}
