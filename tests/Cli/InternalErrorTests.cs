using AirHil.Rig.Files;
using AirHil.Rig.World;

namespace AirHil.Cli.Tests;

/// <summary>What went wrong inside of a run is a failed run, told with what to do.</summary>
public sealed class InternalErrorTests
{
    [Fact]
    public void A_model_that_breaks_fails_the_run_and_says_whose_fault_it_is()
    {
        var error = new StringWriter();
        var cause = new ArithmeticException("overflow");
        AirhilCommand.Tell(error, new RunFailedException("the modem '1'", TimeSpan.FromSeconds(2), cause)).ShouldBe(1);
        error.ToString().ReplaceLineEndings("\n").ShouldBe(
            "airhil: internal error in the run: the modem '1' failed at 2 s: ArithmeticException: overflow\n"
            + "airhil: this is a fault of AirHil and not of your script; please report it with the script\n");
    }

    /// <summary>Streams in memory and readers throw such exceptions too, with nothing wrong at the host.</summary>
    [Fact]
    public void Only_a_place_of_the_host_is_no_fault_of_the_program()
    {
        Exception[] own =
        [
            new EndOfStreamException("past the end"), new IOException("Stream was too long."),
            new FileNotFoundException("the assembly 'A'"), new UnauthorizedAccessException("not expandable"),
        ];
        foreach (var cause in own)
        {
            var failed = new RunFailedException("the modem '1'", TimeSpan.FromSeconds(2), cause);
            failed.IsOfHost.ShouldBeFalse(cause.Message);
            var error = new StringWriter();
            AirhilCommand.Tell(error, failed).ShouldBe(1);
            error.ToString().ShouldContain("this is a fault of AirHil and not of your script");
        }

        var place = Should.Throw<HostPlaceException>(() => HostPlaceException.Touch(
            "/board", () => throw new IOException("No space left on device")));
        var told = new StringWriter();
        AirhilCommand.Tell(told, new RunFailedException("the board", TimeSpan.FromSeconds(2), place)).ShouldBe(4);
        told.ToString().ReplaceLineEndings("\n").ShouldBe(
            "airhil: the run ended at 2 s, since the board could not go on: '/board': No space left on device\n");
    }

    [Fact]
    public async Task A_step_that_asks_for_too_much_fails_its_scenario_alone()
    {
        using var folder = new TempFolder();
        folder.Write("big.feature", """
            Feature: Big
              Scenario: Too much
                Given a service at "ws://a.test/x" that echoes
                And a client of "ws://a.test/x" that reconnects after 3 s
                And the module is connected
                When the service sends a text of 2147483647 bytes
              Scenario: Enough
                Given a client of "ws://a.test/x" that reconnects after 3 s
                When power is applied
                Then within 1 s the log shows "LuatOS"
            """u8.ToArray());
        var outcome = (await Airhil.In(folder, "test", "big.feature")).ShouldExitWith(1);
        outcome.Output.ShouldContain("2147483647 is not a number of bytes from 0 to 1000000");
        outcome.Output.ShouldContain("1 passed, 1 failed");
    }
}
