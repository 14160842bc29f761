using AirHil.Board.Modem;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.Board.Tests.Modem;

public sealed class BoardPinsTests : BoardMachineBench
{
    private const int Lamp = 27;
    private const int Button = 8;

    public BoardPinsTests() => Machine = WithPins(hasSwitch: true);

    [Fact]
    public void A_pin_is_held_where_there_is_a_wire_for_it_and_else_it_is_said()
    {
        In(Hold(Button, PinHold.Low)).ShouldContain(new BoardAct.HoldPin(Button, PinHold.Low));
        In(Hold(Button, PinHold.Released)).ShouldBe([new BoardAct.HoldPin(Button, PinHold.Released)]);
        Notices(In(Hold(Button, PinHold.High))).ShouldHaveSingleItem().ShouldContain("pin 8 is not held");
        Notices(In(Hold(3, PinHold.Released))).ShouldHaveSingleItem()
            .ShouldContain("pin 3 is not released: the board 'bench' has no wire");
    }

    [Fact]
    public void Levels_are_told_when_they_differ_from_what_was_told_and_at_first_from_those_after_a_reset()
    {
        Start();
        Driven(See(Lamp, false)).ShouldBeEmpty();
        Driven(See(Lamp, true)).ShouldBe([(Lamp, PinDrive.High, Now)]);
        Driven(See(Lamp, true)).ShouldBeEmpty();
        Driven(See(Lamp, false)).ShouldBe([(Lamp, PinDrive.Low, Now)]);
    }

    [Fact]
    public void What_is_seen_before_a_start_is_not_of_it_and_what_is_seen_after_it_waits_for_its_banner()
    {
        var start = PowerUp();
        foreach (var isHigh in new[] { true, false, true })
        {
            In(new BoardInput.PinSeen(Lamp, isHigh, start - Ms(10))).ShouldBeEmpty();
        }

        Now += Ms(400);
        Driven(See(Lamp, false)).ShouldBeEmpty();
        var lit = Now;
        Now += Ms(200);
        var outputs = Told(Frame(600, "LuatOS@EC618"));
        outputs[0].ShouldBe(new ModemReport.PoweredOn { HappenedAt = start });
        Driven(outputs).ShouldBe([(Lamp, PinDrive.High, start), (Lamp, PinDrive.Low, lit)]);
    }

    [Fact]
    public void Where_no_start_is_seen_what_waited_is_told_all_the_same()
    {
        PowerUp();
        In(See(Lamp, true));
        var seen = Now;
        Driven(Outputs(Pass(16_000))).ShouldBe([(Lamp, PinDrive.High, seen)]);
    }

    [Fact]
    public void A_board_whose_supply_is_off_has_pins_and_one_that_merely_counts_as_off_is_not_listened_to()
    {
        Start();
        In(See(Lamp, true));
        In(new BoardInput.Told(new ModemCommand.CutPower()));
        Driven(See(Lamp, false)).ShouldBeEmpty();
        Driven(Told(new BoardInput.Switched(false, Now, null))).ShouldBe([(Lamp, PinDrive.Low, Now)]);
        Driven(See(Lamp, true)).ShouldBe([(Lamp, PinDrive.High, Now)]);

        Machine = WithPins(hasSwitch: false);
        In(new BoardInput.Told(new ModemCommand.CutPower()));
        Driven(See(Lamp, true)).ShouldBeEmpty();
    }

    [Fact]
    public void A_pin_that_changes_too_often_is_named_once_and_asked_when_it_may_be_calm()
    {
        Start();
        Notices(In(new BoardInput.PinRestless(Lamp))).ShouldHaveSingleItem()
            .ShouldContain("pin 27 changes more than 1000 times a second");
        In(new BoardInput.PinRestless(Lamp)).ShouldBeEmpty();
        Pass(1100).ShouldContain(new BoardAct.AskPin(Lamp));
        Pass(5000).ShouldNotContain(new BoardAct.AskPin(Lamp));
    }

    private void Start()
    {
        PowerUp();
        Now += Ms(500);
        Told(Frame(300, "LuatOS@EC618")).ShouldNotBeEmpty();
    }

    private static BoardMachine WithPins(bool hasSwitch) => new(
        Board, hasSwitch, new BoardTimings(),
        wires: [new PinWire(Lamp, true, false, false), new PinWire(Button, true, true, false)]);

    private static BoardInput.Told Hold(int pin, PinHold hold) => new(new ModemCommand.HoldPin(pin, hold));

    private BoardInput.PinSeen See(int pin, bool isHigh) => new(pin, isHigh, Now);

    private (int Pin, PinDrive Drive, TimeSpan? At)[] Driven(BoardInput input) => Driven(Told(input));

    private static (int Pin, PinDrive Drive, TimeSpan? At)[] Driven(IEnumerable<AirHil.Modem.ModemOutput> outputs) =>
        [.. outputs.OfType<ModemReport.PinDriven>().Select(p => (p.Pin, p.Drive, p.HappenedAt))];

    private static IEnumerable<AirHil.Modem.ModemOutput> Outputs(IEnumerable<BoardAct> acts) =>
        acts.OfType<BoardAct.Tell>().Select(t => t.Output);
}
