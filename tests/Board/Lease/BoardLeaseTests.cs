using System.Diagnostics;
using System.Globalization;
using AirHil.Board.Description;
using AirHil.Board.Lease;
using AirHil.Board.Ports;
using AirHil.Tests;

namespace AirHil.Board.Tests.Lease;

public sealed class BoardLeaseTests(ITestOutputHelper output) : IDisposable
{
    private static readonly BoardDescription Board = LeaseHolderProcess.Board;
    private readonly string _folder = Directory.CreateTempSubdirectory("airhil-lease-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>10 times by default, 200 times where AIRHIL_SOAK is 1.</summary>
    [Fact]
    public async Task A_board_is_free_within_a_second_of_the_kill_of_its_holder()
    {
        var waits = new List<TimeSpan>();
        var times = LongRun.IsSoak ? 200 : 10;
        for (var i = 0; i < times; i++)
        {
            using var holder = await LeaseHolderProcess.StartAsync(_folder);
            var held = await Should.ThrowAsync<BoardHeldException>(
                () => Acquire(Board, TimeSpan.Zero));
            held.Message.ShouldContain($"process {holder.Id} of ");
            var clock = Stopwatch.StartNew();
            holder.Kill();
            using (await Acquire(Board, TimeSpan.FromSeconds(20))) waits.Add(clock.Elapsed);

            if (holder.ChildId == 0) continue;
            using var child = Process.GetProcessById(holder.ChildId);
            child.HasExited.ShouldBeFalse("the program that the holder started lives on, without the lock");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{times} kills, each lease free within {waits.Max().TotalMilliseconds:F0} ms"));
        // A machine that stands still for a moment is no fault of the lease.
        waits.Count(w => w >= TimeSpan.FromSeconds(1)).ShouldBeLessThanOrEqualTo(times / 10);
    }

    [Fact]
    public async Task A_held_board_says_who_holds_it_and_what_to_do()
    {
        using var lease = await Acquire(Board, TimeSpan.Zero);
        var held = await Should.ThrowAsync<BoardHeldException>(
            () => Acquire(Board with { Name = "other-name" }, TimeSpan.Zero));
        held.Message.ShouldContain($"process {Environment.ProcessId} of {Environment.UserName} since 20");
        held.Message.ShouldContain($"kill {Environment.ProcessId}");
        var holder = BoardLease.HolderOf(Board, _folder).ShouldNotBeNull();
        holder.Board.ShouldBe("left");
        holder.User.ShouldBe(Environment.UserName);
    }

    [Fact]
    public async Task A_board_that_was_given_back_is_free()
    {
        var lease = await Acquire(Board, TimeSpan.Zero);
        var waiting = Acquire(Board, TimeSpan.FromSeconds(30));
        lease.Dispose();
        lease.Dispose();
        using (await waiting)
        {
            BoardLease.HolderOf(Board, _folder)!.ProcessId.ShouldBe(Environment.ProcessId);
        }

        BoardLease.HolderOf(Board, _folder).ShouldBeNull();
    }

    [Fact]
    public async Task Another_board_can_be_held_beside_it()
    {
        using var one = await Acquire(Board, TimeSpan.Zero);
        var other = new BoardDescription("right", new PortAddress.Tcp("lab-pi", 4002));
        using var two = await Acquire(other, TimeSpan.Zero);
        BoardLease.HolderOf(other, _folder).ShouldNotBeNull().Board.ShouldBe("right");
    }

    [Fact]
    public async Task Looking_who_holds_a_board_does_not_turn_a_run_away()
    {
        using var stop = new CancellationTokenSource();
        var looking = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested) BoardLease.HolderOf(Board, _folder);
            },
            CancellationToken.None);
        for (var i = 0; i < 50; i++)
        {
            using var lease = await Acquire(Board, TimeSpan.FromSeconds(5));
        }

        await stop.CancelAsync();
        await looking;
    }

    [Fact]
    public async Task Waiting_can_be_called_off()
    {
        using var lease = await Acquire(Board, TimeSpan.Zero);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(
            () => BoardLease.AcquireAsync(Board, TimeSpan.FromMinutes(1), cancel.Token, _folder));
    }

    private Task<BoardLease> Acquire(BoardDescription board, TimeSpan wait) =>
        BoardLease.AcquireAsync(board, wait, TestContext.Current.CancellationToken, _folder);
}
