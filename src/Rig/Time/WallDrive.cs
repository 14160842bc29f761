using Akka.Actor;

namespace AirHil.Rig.Time;

/// <summary>Waits while an actor system runs on the wall clock.</summary>
internal sealed class WallDrive(ActorSystem system, RunClock clock, Action check) : IDrive
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public TimeSpan Now => clock.Now;

    public void Enter()
    {
    }

    public ValueTask Settle()
    {
        check();
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> AdvanceUntil(Func<bool>? condition, TimeSpan until)
    {
        while (true)
        {
            check();
            if (condition is not null && condition()) return true;
            var left = until - Now;
            if (left <= TimeSpan.Zero) return false;
            var waited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            system.Scheduler.Advanced.ScheduleOnce(left < Pause ? left : Pause, waited.SetResult);
            await waited.Task;
        }
    }

    public async ValueTask DisposeAsync() => await system.Terminate();
}
