using AirHil.Tests;

namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// Whatever a function makes of the largest arguments that a module can hold, it takes the module's time for it: what
/// is allocated in a virtual second, which is nearly all of the host's work, stays small.
/// </summary>
public sealed class LargeArgumentTests
{
    private const long MostBytes = 150_000_000;

    private static readonly string[] Large =
    [
        "('x'):rep(25000)", "('a,'):rep(10000)", "z", "t", "2147483647", "65535", "('\\0\\255'):rep(8000)", "1",
        "-1",
    ];

    public static IEnumerable<TheoryDataRow<string>> Libraries() =>
        HostileArgumentTests.Functions().Select(one => one.Library).Distinct()
            .Select(name => new TheoryDataRow<string>(name));

    /// <summary>All functions in .ci/run, else every fourth of a library.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Work_over_large_arguments_takes_the_time_of_the_module(string library)
    {
        string[] starts =
        [
            "", .. HostileArgumentTests.Started.Where(one => one.Library == library).Select(one => one.Start),
        ];
        foreach (var (_, function) in LongRun.Sample(HostileArgumentTests.Functions(library)))
        {
            foreach (var start in starts)
            {
                var sweep = new ArgumentSweep(function, 32)
                {
                    Start = "local z = zbuff.create(20000, 7) z:seek(20000) local t = {} " +
                        "for i = 1, 1000 do t[i] = 'abc' end " + start,
                    Values = Large,
                };
                sweep.Run();
                sweep.Allocated.ShouldBeLessThan(MostBytes, $"{function} after '{start}'");
            }
        }
    }
}
