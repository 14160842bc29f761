using AirHil.Modem.Air;

namespace AirHil.Board.Tests.Modem;

public sealed class BoardRadioTests : BoardMachineBench
{
    [Fact]
    public void Coverage_is_switched_by_the_agent_in_the_script()
    {
        WithAgent();
        Told(Frame(5, "x")).ShouldContain(new AirRequest.Radio(true));
        Told(Frame(300, "I/user.airhil\tscript 0123456789ab"));
        In(Covered(true)).ShouldBeEmpty();
        Orders(In(Covered(false))).ShouldBe(["airhil radio off\n"]);
        Told(Frame(400, "I/user.airhil\tradio off"));
        Orders(Pass(60_000)).ShouldBeEmpty();
        Orders(In(Covered(true))).ShouldBe(["airhil radio on\n"]);
    }

    [Fact]
    public void An_order_for_the_radio_waits_for_the_agent_to_start()
    {
        WithAgent();
        Told(Frame(5, "x"));
        Orders(In(Covered(false))).ShouldBeEmpty();
        Orders(Pass(1000)).ShouldBeEmpty();
        Orders(In(Received(Log, Frame(1010, "I/user.airhil script 0123456789ab").ToArray())))
            .ShouldBe(["airhil radio off\n"]);
    }

    [Fact]
    public void An_agent_that_does_not_answer_is_asked_again_and_then_spoken_of()
    {
        WithAgent();
        Told(Frame(5, "x"));
        In(Covered(false));
        var acts = Pass(60_000);
        Orders(acts).ShouldBe(["airhil radio off\n", "\nairhil radio off\n", "\nairhil radio off\n"]);
        Notices(acts).ShouldContain(n => n.Contains("has not answered 'airhil radio off' 3 times"));
    }

    [Fact]
    public void After_a_start_the_radio_is_on_again_and_the_network_asked_anew()
    {
        WithAgent();
        Told(Frame(300, "I/user.airhil\tscript 0123456789ab"));
        In(Covered(false));
        Told(Frame(400, "I/user.airhil\tradio off"));
        Pass(5_000);
        Told(Frame(5, "again")).ShouldContain(new AirRequest.Radio(true));
        In(Covered(false));
        Orders(In(Received(Log, Frame(300, "I/user.airhil\tscript 0123456789ab").ToArray())))
            .ShouldBe(["airhil radio off\n"]);
    }
}
