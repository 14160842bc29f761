using System.Diagnostics;
using AirHil.Modem;
using AirHil.Rig.Actors;
using AirHil.Rig.Tests.World;
using AirHil.Rig.Time;
using AirHil.Rig.World;

namespace AirHil.Rig.Tests.Actors;

/// <summary>A world of one machine, hosted by an actor on the wall clock.</summary>
[Trait("Clock", "wall")]
public sealed class MachineHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<string> _done = [];

    [Fact]
    public async Task A_deadline_sees_its_own_time_however_late_the_host_is()
    {
        await using var host = Host(speed: 100);
        host.Post(TimeSpan.Zero, (machine, now) => machine.Handle("50", now));
        (await host.RunUntil(() => _done.Count == 1, Patience)).ShouldBeTrue();
        _done.ShouldBe(["50 at 50"]);
    }

    [Fact]
    public async Task What_many_threads_post_comes_one_by_one_and_from_each_in_its_order()
    {
        await using var host = Host();
        var threads = Enumerable.Range(0, 4).Select(t => new Thread(() =>
        {
            for (var i = 0; i < 250; i++) host.Post($"{t}-{i} ");
        })).ToList();
        foreach (var thread in threads) thread.Start();
        (await host.RunUntil(() => _done.Count == 1000, Patience)).ShouldBeTrue();
        foreach (var t in Enumerable.Range(0, 4))
        {
            _done.Where(d => d.StartsWith($"{t}-", StringComparison.Ordinal)).Select(d => d.Split(' ')[0])
                .ShouldBe(Enumerable.Range(0, 250).Select(i => $"{t}-{i}"));
        }
    }

    [Fact]
    public async Task What_is_posted_for_a_time_waits_for_it_and_is_not_overtaken()
    {
        await using var host = Host();
        host.Post(TimeSpan.FromMilliseconds(200), (machine, now) => machine.Handle("later", now));
        host.Post(TimeSpan.FromMilliseconds(100), (machine, now) => machine.Handle("behind it", now));
        (await host.RunUntil(() => _done.Count == 2, Patience)).ShouldBeTrue();
        _done.ShouldBe(["later at 200", "behind it at 200"]);
    }

    [Fact]
    public async Task A_world_that_fails_is_told_and_stopped_and_others_go_on()
    {
        await using var other = Host();
        await using (var host = Host())
        {
            host.Post("break");
            (await Should.ThrowAsync<RunFailedException>(async () => await host.RunUntil(null, Patience)))
                .InnerException!.Message.ShouldBe("the model broke");
            await Should.ThrowAsync<RunFailedException>(async () => await host.RunUntil(null, Patience));
        }

        other.Post("hello");
        (await other.RunUntil(() => _done.Count == 1, Patience)).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_waits_for_a_world_that_is_stopped_is_told_so()
    {
        var host = Host();
        var run = host.RunUntil(null, TimeSpan.MaxValue);
        await host.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await run);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await host.RunUntil(null, Patience));
        host.Post("nobody hears it");
    }

    [Fact]
    public async Task A_world_that_is_far_behind_its_clock_is_stopped_at_once()
    {
        var host = new MachineHost<string, string>("the model", new SlowMachine(), new WallClock(), (_, _) => { });
        var run = host.RunUntil(null, TimeSpan.MaxValue);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        await host.DisposeAsync();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await run);
    }

    /// <summary>A tenth of a millisecond takes it 50.</summary>
    private sealed class SlowMachine : ISansIoMachine<string, string>
    {
        public TimeSpan? NextTimeout { get; private set; } = TimeSpan.Zero;

        public void Handle(string input, TimeSpan now)
        {
        }

        public void HandleTimeout(TimeSpan now)
        {
            Thread.Sleep(50);
            NextTimeout = now + TimeSpan.FromMilliseconds(0.1);
        }

        public bool TryTake(out string output)
        {
            output = "";
            return false;
        }
    }

    private MachineHost<string, string> Host(double speed = 1) => new(
        "the model", new TestMachine(), new WallClock(speed),
        (output, now) => _done.Add($"{output} at {now.TotalMilliseconds:F0}"));
}
