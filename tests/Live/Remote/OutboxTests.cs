using AirHil.Live.Remote;

namespace AirHil.Live.Tests.Remote;

public sealed class OutboxTests
{
    private readonly object _first = new();
    private readonly object _second = new();

    [Fact]
    public void What_was_not_received_is_sent_again_over_the_next_connection()
    {
        var box = new Outbox(100, 1_000);
        box.Resume(_first, 0);
        for (var i = 1; i <= 5; i++) Add(box).ShouldBe(i);
        Next(box, _first, 4).ShouldBe([1, 2, 3, 4]);
        box.Acknowledge(1);
        box.Resume(_second, 2);
        box.TryNext(_first, out _).ShouldBeFalse("the earlier connection gets nothing more");
        Next(box, _second, 9).ShouldBe([3, 4, 5]);
        box.Count.ShouldBe(4, "what was received is kept until it was taken");
        box.Acknowledge(5);
        box.Count.ShouldBe(0);
    }

    [Fact]
    public void An_acknowledgement_that_was_on_its_way_while_the_connection_changed_is_no_fault()
    {
        var box = new Outbox(100, 1_000);
        box.Resume(_first, 0);
        for (var i = 0; i < 5; i++) Add(box);
        Next(box, _first, 5);
        box.Resume(_second, 2);
        box.Acknowledge(4);
        box.Resume(_first, 3);
        Next(box, _first, 9).ShouldBe([5]);
    }

    [Fact]
    public void What_was_never_sent_cannot_be_acknowledged()
    {
        var box = new Outbox(100, 1_000);
        box.Resume(_first, 0);
        Add(box);
        Should.Throw<MalformedMessageException>(() => box.Acknowledge(1));
        Next(box, _first, 1);
        Should.Throw<MalformedMessageException>(() => box.Acknowledge(2));
        Should.Throw<MalformedMessageException>(() => box.Resume(_second, 2));
        box.Acknowledge(1);
    }

    [Fact]
    public async Task A_full_box_makes_its_filler_wait_until_there_is_room_or_it_ends()
    {
        var box = new Outbox(2, 1_000);
        box.Resume(_first, 0);
        Add(box);
        Add(box);
        box.TryAdd(n => [(byte)n]).ShouldBeFalse();
        Next(box, _first, 2);
        var waiting = Task.Run(() => box.Add(n => [(byte)n], wait: true, out var waited) * (waited ? 1 : -1));
        await Task.Delay(50, TestContext.Current.CancellationToken);
        waiting.IsCompleted.ShouldBeFalse();
        box.Acknowledge(1);
        (await waiting).ShouldBe(3);
        var ended = Task.Run(() => box.Add(n => [(byte)n], wait: true, out _));
        box.End();
        (await ended).ShouldBe(0);
    }

    [Fact]
    public void Bytes_fill_it_as_messages_do()
    {
        var box = new Outbox(100, 10);
        box.TryAdd(_ => new byte[50]).ShouldBeTrue("one always fits");
        box.TryAdd(_ => new byte[1]).ShouldBeFalse();
    }

    [Fact]
    public void What_came_is_taken_once_and_in_order_and_acknowledged_when_all_before_it_is_taken()
    {
        var inbox = new Inbox();
        inbox.Accept(1).ShouldBeTrue();
        inbox.Accept(2).ShouldBeTrue();
        inbox.Accept(3).ShouldBeTrue();
        inbox.Accept(2).ShouldBeFalse();
        Should.Throw<MalformedMessageException>(() => inbox.Accept(5)).Message.ShouldContain("missing");
        inbox.Take(3);
        inbox.Taken.ShouldBe(0);
        inbox.Take(1);
        inbox.Taken.ShouldBe(1);
        inbox.Take(2);
        inbox.Take(2);
        inbox.Taken.ShouldBe(3);
        inbox.Received.ShouldBe(3);
    }

    private static long Add(Outbox box) => box.Add(n => [(byte)n], wait: true, out _);

    private static List<int> Next(Outbox box, object connection, int most)
    {
        var numbers = new List<int>();
        while (numbers.Count < most && box.TryNext(connection, out var bytes)) numbers.Add(bytes[0]);
        return numbers;
    }
}
