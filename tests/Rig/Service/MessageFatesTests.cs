using AirHil.Modem.Faults;
using AirHil.Rig.Service;

namespace AirHil.Rig.Tests.Service;

public sealed class MessageFatesTests
{
    [Fact]
    public void A_share_of_the_messages_suffers_and_the_same_seed_brings_the_same()
    {
        var lost = Lost(7);
        lost.Count(isLost => isLost).ShouldBeInRange(200, 400);
        Lost(7).ShouldBe(lost);
        Lost(8).ShouldNotBe(lost);
    }

    [Theory]
    [InlineData("double messages 100", "0 0")]
    [InlineData("delay messages 100 2s", "2")]
    [InlineData("drop messages 100 to module", "")]
    [InlineData("drop messages 100 from module", "0")]
    [InlineData("drop messages 100 at A.example with 'llo'", "")]
    [InlineData("drop messages 100 at b.example", "0")]
    [InlineData("drop messages 100 with 'bye'", "0")]
    [InlineData("drop messages 100 3 times", "")]
    public void A_message_passes_as_the_fault_wants_it(string fault, string seconds)
    {
        var fates = new MessageFates(1);
        fates.AreUsual.ShouldBeTrue();
        var acting = (MessageFault)FaultPhrase.Parse(fault).Fault;
        fates.Begin(acting);
        string.Join(' ', fates.Of(true, "a.example", "hello"u8).Select(t => t.TotalSeconds)).ShouldBe(seconds);
        fates.End(acting, place: null);
        fates.AreUsual.ShouldBeTrue();
    }

    private static bool[] Lost(ulong seed)
    {
        var fates = new MessageFates(seed);
        fates.Begin(new DropMessages(30));
        return [.. Enumerable.Range(0, 1000).Select(_ => fates.Of(true, "a", default).Count == 0)];
    }
}
