namespace AirHil.Live.Tests;

public sealed class UnclaimedTests
{
    [Fact]
    public void What_nobody_has_claimed_is_given_back_at_the_end_and_behind_it_at_once()
    {
        var back = new List<int>();
        var unclaimed = new Unclaimed<int>(back.Add);
        foreach (var thing in (int[])[1, 2, 3]) unclaimed.Add(thing);
        unclaimed.Claim(2);
        back.ShouldBeEmpty();
        unclaimed.End();
        back.ShouldBe([1, 3], ignoreOrder: true);
        unclaimed.Add(4);
        unclaimed.End();
        back.ShouldBe([1, 3, 4], ignoreOrder: true);
    }

    [Fact]
    public async Task Whatever_the_end_meets_each_thing_is_given_back_once()
    {
        for (var round = 0; round < 200; round++)
        {
            var back = 0;
            var unclaimed = new Unclaimed<int>(_ => Interlocked.Increment(ref back));
            using var some = new ManualResetEventSlim();
            var adding = Task.Run(() =>
            {
                for (var i = 0; i < 100; i++)
                {
                    unclaimed.Add(i);
                    if (i == 50) some.Set();
                }
            }, TestContext.Current.CancellationToken);
            some.Wait(TestContext.Current.CancellationToken);
            unclaimed.End();
            await adding;
            unclaimed.End();
            back.ShouldBe(100);
        }
    }
}
