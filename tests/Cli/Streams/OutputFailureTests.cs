using AirHil.Cli.Streams;

namespace AirHil.Cli.Tests.Streams;

/// <summary>What a command does about an output that cannot be written.</summary>
public sealed class OutputFailureTests
{
    private const int BrokenPipe = 32;
    private const int NoSpace = 28;

    [Theory]
    [InlineData(NoSpace, "no room")]
    [InlineData(BrokenPipe, null)]
    public void A_full_disk_is_kept_to_be_told_and_a_reader_who_left_is_not(int error, string? told)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "error numbers of POSIX systems");
        var failure = new OutputFailure();
        failure.Note(new IOException("no room", error));
        failure.Note(new IOException("later", NoSpace));
        failure.Message.ShouldBe(told ?? "later");
    }

    [Fact]
    public void A_text_that_cannot_be_written_is_left_out()
    {
        var failure = new OutputFailure();
        using var output = new GuardedOutput(new Failing(), failure, throws: false);
        output.Write("one"u8);
        output.Write("two"u8);
        failure.Message.ShouldBe("write 1");
    }

    [Fact]
    public void Who_writes_a_log_hears_of_every_failure()
    {
        var failure = new OutputFailure();
        using var output = new GuardedOutput(new Failing(), failure, throws: true);
        Should.Throw<IOException>(() => output.Write("one"u8)).Message.ShouldBe("write 1");
        Should.Throw<IOException>(() => output.Write("two"u8)).Message.ShouldBe("write 2");
        failure.Message.ShouldBe("write 1");
    }

    private sealed class Failing : MemoryStream
    {
        private int _writes;

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException($"write {++_writes}", NoSpace);
    }
}
