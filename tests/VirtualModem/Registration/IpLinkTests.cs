using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Tests.Registration;

public sealed class IpLinkTests
{
    [Fact]
    public void Its_users_are_told_in_their_order_and_see_the_new_state()
    {
        var link = new IpLink();
        var told = new List<string>();
        link.Add(new User("a", told, () => link.IsUp.ShouldBeTrue()));
        link.Add(new User("b", told, () => link.IsUp.ShouldBeTrue()));
        link.GoUp();
        link.GoDown();
        told.ShouldBe(["a up", "b up", "a down", "b down"]);
        link.IsUp.ShouldBeFalse();
    }

    private sealed class User(string name, List<string> told, Action up) : ILinkUser
    {
        public void LinkWentUp()
        {
            told.Add($"{name} up");
            up();
        }

        public void LinkWentDown() => told.Add($"{name} down");
    }
}
