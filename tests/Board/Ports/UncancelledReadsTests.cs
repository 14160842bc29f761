using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

public sealed class UncancelledReadsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    [Fact]
    public void What_comes_after_a_read_has_ended_is_for_the_next_one()
    {
        using var stream = new SlowStream();
        var reads = new UncancelledReads(stream, 16);
        var buffer = new byte[16];
        Should.Throw<TimeoutException>(() => reads.Read(buffer, Soon));
        Should.Throw<TimeoutException>(() => reads.Read(buffer, Soon));
        stream.Bring(1, 2, 3);
        reads.Read(buffer, Long).ShouldBe(3);
        buffer[..3].ShouldBe([1, 2, 3]);
        stream.Asked.ShouldBe(1, "a read that is given up may take bytes with it");
    }

    [Fact]
    public void What_does_not_fit_is_for_the_next_one()
    {
        using var stream = new SlowStream();
        var reads = new UncancelledReads(stream, 16);
        stream.Bring(1, 2, 3);
        var buffer = new byte[2];
        reads.Read(buffer, Long).ShouldBe(2);
        buffer.ShouldBe([1, 2]);
        reads.Read(buffer, Long).ShouldBe(1);
        buffer[0].ShouldBe((byte)3);
        Should.Throw<TimeoutException>(() => reads.Read(buffer, Soon));
    }

    [Fact]
    public void The_end_is_told_and_so_is_what_went_wrong()
    {
        using var stream = new SlowStream();
        var reads = new UncancelledReads(stream, 16);
        stream.Bring();
        reads.Read(new byte[1], Long).ShouldBe(0);
        stream.Break(new IOException("it broke"));
        Should.Throw<IOException>(() => reads.Read(new byte[1], Long)).Message.ShouldBe("it broke");
    }

    /// <summary>A stream that gives set bytes at set times.</summary>
    private sealed class SlowStream : MemoryStream
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource<byte[]> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Asked { get; private set; }

        public void Bring(params byte[] bytes) => _next.SetResult(bytes);

        public void Break(Exception problem) => _next.SetException(problem);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            cancellationToken.CanBeCanceled.ShouldBeFalse();
            lock (_gate) Asked++;
            try
            {
                var bytes = await _next.Task;
                bytes.CopyTo(buffer);
                return bytes.Length;
            }
            finally
            {
                _next = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
