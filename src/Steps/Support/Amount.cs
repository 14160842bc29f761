using System.Globalization;

namespace AirHil.Steps.Support;

/// <summary>Numbers of steps within the bounds that the rig can serve.</summary>
internal static class Amount
{
    private const int MostBytes = 1_000_000;
    private const int MostPackets = 100_000;

    public static int Bytes(int number) => Of(number, 0, MostBytes, "a number of bytes");

    public static int Packets(int number) => Of(number, 0, MostPackets, "a number of packets");

    public static int Times(int number) => Of(number, 1, MostPackets, "a number of times");

    public static int Seed(int number) => Of(number, 0, int.MaxValue, "a seed");

    public static int Status(int number) => Of(number, 200, 599, "an HTTP status");

    public static int CloseCode(int number) => Of(number, 1000, 4999, "a close code");

    public static int ReturnCode(int number) => Of(number, 1, 255, "a return code");

    public static int Port(int number) => Of(number, 1, 65_535, "a port");

    public static int Octet(int number) => Of(number, 0, 255, "a number of a byte");

    public static int Cause(int number) => Of(number, 1, 999, "a cause");

    public static int EmmCause(int number) => Of(number, 2, 111, "an EMM cause");

    public static int Kilobytes(int number) => Of(number, 0, 1_000_000, "a number of KB");

    public static int Blocks(int number) => Of(number, 1, 1_000, "a number of blocks");

    /// <summary>The time of something that happens again and again: shorter than from one to the next.</summary>
    public static TimeSpan Gap(TimeSpan time, TimeSpan every) => time > TimeSpan.Zero && time < every
        ? time
        : throw new FormatException("a gap is longer than nothing, and shorter than from one gap to the next");

    public static int Quality(int number) => Of(number, 0, 2, "a QoS");

    private static int Of(int number, int least, int most, string what) => number >= least && number <= most
        ? number
        : throw new FormatException(string.Create(
            CultureInfo.InvariantCulture, $"{number} is not {what} from {least} to {most}"));
}
