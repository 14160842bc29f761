using AirHil.Rig.World;

namespace AirHil.Rig.Tests.World;

public sealed class ShellTests
{
    private readonly Loop _loop = new();
    private readonly List<string> _done = [];

    [Fact]
    public void Outputs_are_done_at_the_time_of_what_caused_them()
    {
        var shell = Shell(new TestMachine());
        foreach (var input in (string[])["30", "hello", "20"]) shell.Post(input);
        _loop.Settle();
        _loop.Advance(null, TimeSpan.FromSeconds(1));
        _done.ShouldBe(["hello at 0", "20 at 20", "30 at 30"]);
    }

    [Fact]
    public void An_earlier_deadline_goes_before_the_one_that_was_set()
    {
        var shell = Shell(new TestMachine());
        shell.Post("100");
        _loop.Advance(null, TimeSpan.FromMilliseconds(10));
        shell.Post("5");
        _loop.Advance(null, TimeSpan.FromSeconds(1));
        _done.ShouldBe(["5 at 15", "100 at 100"]);
    }

    [Fact]
    public void A_message_that_is_kept_back_does_not_reach_the_machine()
    {
        var shell = new Shell<string, string>(_loop, "the model", new TestMachine(), Perform)
        {
            Accepts = (input, _) => input != "no",
        };
        shell.Post("no");
        shell.Post("yes");
        _loop.Settle();
        _done.ShouldBe(["yes at 0"]);
    }

    [Fact]
    public void A_machine_that_breaks_ends_the_run_by_its_name_and_the_time()
    {
        var (broken, other) = (Shell(new TestMachine()), Shell(new TestMachine()));
        _loop.Advance(null, TimeSpan.FromMilliseconds(1500));
        broken.Post("break");
        broken.Post("behind it");
        other.Post("beside it");
        var failure = Should.Throw<RunFailedException>(_loop.Settle);
        failure.Message.ShouldBe(
            "internal error in the run: the model failed at 1.5 s: InvalidOperationException: the model broke");
        failure.InnerException!.Message.ShouldBe("the model broke");
        _done.ShouldBe(["beside it at 1500"]);
        Should.Throw<RunFailedException>(() => _loop.Advance(null, TimeSpan.FromSeconds(2))).ShouldBe(failure);
        _loop.Now.ShouldBe(TimeSpan.FromMilliseconds(1500));
    }

    [Fact]
    public void A_machine_that_asks_for_wakes_without_end_ends_the_run()
    {
        _ = Shell(new TestMachine { IsRestless = true });
        Should.Throw<RunFailedException>(() => _loop.Advance(null, TimeSpan.FromSeconds(1)))
            .Message.ShouldContain("TestMachine asks to be woken at 00:00:00 without end");
    }

    [Fact]
    public void Nothing_reaches_a_machine_that_has_ended()
    {
        var shell = Shell(new TestMachine());
        shell.Post("20");
        shell.End();
        shell.Post("hello");
        _loop.Advance(null, TimeSpan.FromSeconds(1));
        _done.ShouldBeEmpty();
    }

    private Shell<string, string> Shell(TestMachine machine) => new(_loop, "the model", machine, Perform);

    private void Perform(string output, TimeSpan now) => _done.Add($"{output} at {now.TotalMilliseconds}");
}
