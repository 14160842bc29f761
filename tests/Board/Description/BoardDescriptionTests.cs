using AirHil.Board.Description;
using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Description;

public sealed class BoardDescriptionTests
{
    /// <summary>What a bench file leaves out: the module's own interfaces alone are used.</summary>
    [Fact]
    public void A_board_of_which_only_the_log_port_is_known_is_reset_over_it()
    {
        var board = new BoardDescription("bench", new PortAddress.Path("/dev/ttyACM0"));

        board.Reset.ShouldBe(ResetMethod.LogPortCommand);
        board.Uarts.ShouldBeEmpty();
        board.Power.ShouldBeNull();
        board.Radio.ShouldBeNull();
        board.Deploy.ShouldBeNull();
        board.DeployLimit.ShouldBe(TimeSpan.FromMinutes(3));
    }
}
