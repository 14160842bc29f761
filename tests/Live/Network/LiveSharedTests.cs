using AirHil.Live.Network;
using AirHil.Rig.Network;

namespace AirHil.Live.Tests.Network;

public sealed class LiveSharedTests
{
    /// <summary>As a peer does that sends faster than its bytes are taken.</summary>
    [Fact]
    public async Task What_other_threads_say_without_an_end_does_not_hold_the_world()
    {
        await using var shared = new LiveShared(new LiveNetworkOptions(), new NetworkState());
        var said = 0;
        Say();
        Say();
        for (var times = 1; times <= 3; times++)
        {
            await Task.Run(() => shared.Advance(TimeSpan.FromSeconds(1)), TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            said.ShouldBe(2 * times);
        }

        void Say() => shared.Post(() =>
        {
            said++;
            Say();
        });
    }
}
