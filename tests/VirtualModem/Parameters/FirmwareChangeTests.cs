using System.Reflection;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Parameters;

/// <summary>
/// Every change after V1112 that the references document (reference-net §8.1, luatos-v1112 §3.11, §7.1 and §10): which
/// the table has, and why not the others.
/// </summary>
public sealed class FirmwareChangeTests
{
    private const string Vendor = "a library of the vendor, which brings its own version with it";
    private const string Undefined = "undefined on V1112, and named here for every release";
    private const string Unseen = "a script does not see it in a network whose answers are right";

    /// <summary>The commit or its place, the release, and the name in the table or a reason.</summary>
    private static readonly (string Commit, int Since, string Answer)[] Documented =
    [
        ("b7dfde631", 1113, nameof(FirmwareChange.Pong)),
        ("40a490f6b", 1114, nameof(FirmwareChange.IntegerDisconnect)),
        ("5bcb630cb", 1114, nameof(FirmwareChange.CheckedAuth)),
        ("73667197b", 1114, nameof(FirmwareChange.CheckedAuth)),
        ("1d96ca67f", 1116, nameof(FirmwareChange.MessageFlags)),
        ("8b7b8097e", 1116, nameof(FirmwareChange.MqttEvents)),
        ("c3fdb452c", 1116, nameof(FirmwareChange.MqttEvents)),
        ("9332cab7c", 1118, nameof(FirmwareChange.ConackTimeout)),
        ("cd20aa702", 1118, Undefined),
        ("fbb07bde3", 1114, nameof(FirmwareChange.ConnectError)),
        ("d807902de", 1114, nameof(FirmwareChange.NoRepeats)),
        ("c8282f35d", 1114, nameof(FirmwareChange.ShortTimeout)),
        ("cf87fe526", 1114, Undefined),
        ("5b6526fe4", 1114, Undefined),
        ("6e6499a60", 1113, "lines that V1112 prints with debug only"),
        ("a609670b7", 1116, "the networks of the rig have no IPv6"),
        ("9288c0364", 1118, nameof(FirmwareChange.MoreMethods)),
        ("9bc224888", 1118, nameof(FirmwareChange.CloseHeader)),
        ("2f0f03e4f", 1118, Undefined),
        ("764f94c56", 1118, Unseen),
        ("21f07e745", 1118, Unseen),
        ("631ab6dc5", 1118, "no image can be updated"),
        ("60d0d3e09", 1118, "no image can be updated"),
        ("dc7bc4020", 1118, Unseen),
        ("f22e4c720", 1120, Unseen),
        ("cbcf733cd", 1120, Unseen),
        ("34d6191fb", 1120, Unseen),
        ("a836d0c54", 1120, Unseen),
        ("2167f0214", 1120, "servers of the rig write \"Content-Length: \""),
        ("9fa8adbe5", 1114, nameof(FirmwareChange.CheckedAdapter)),
        ("7fa9cd758", 1114, nameof(FirmwareChange.CheckedAdapter)),
        ("36ff9204f", 1113, "the ports of connections are not seen by the rig's services"),
        ("9eb393143", 1114, "as 36ff9204f"),
        ("3d6d72f67", 1118, "as 36ff9204f"),
        ("6b2d73e3a", 1114, "as 36ff9204f"),
        ("86dd5d6a0", 1118, "the module as a server is modelled with one client"),
        ("3a61bf49f", 1118, "as 86dd5d6a0"),
        ("7db8a11ae", 1114, Unseen),
        ("7353434c7", 1118, nameof(FirmwareChange.TimeSource)),
        ("8e4c4f31c", 1118, nameof(FirmwareChange.TimeSource)),
        ("d443d7a59", 1114, Unseen),
        ("d4e353dbe", 1114, "a line; the address is replaced all the same"),
        ("3e2a5fbc8", 1116, "lines of errors, and the command SIZE"),
        ("4d7484126", 1114, Vendor),
        ("5405ded32", 1114, Vendor),
        ("11abe5bd3", 1114, Vendor),
        ("9f9052970", 1114, Vendor),
        ("75777812f", 1114, Vendor),
        ("0730fcac6", 1118, Vendor),
        ("39f20ed99", 1118, Vendor),
        ("9c185f88e", 1118, Vendor),
        ("c842b4741", 1118, "sys.lua is V1112's for all releases"),
        ("6bcdbce24", 1114, "as c842b4741, with sysplus"),
        ("954d39849", 1120, Vendor),
        ("8520d317c", 1118, Vendor),
        ("a17d6e18c", 1121, "after the last release that can be chosen"),
        ("c55adffb0", 1121, "after the last release that can be chosen"),
        ("b0c40d571", 1115, "no effect on this chip"),
        ("b1659820e", 1114, "websocket is V1112's for all releases"),
        ("8d7a0e79a", 1116, "as b1659820e"),
        ("3f9577f32", 1116, "as b1659820e"),
        ("7f4e48d72", 1118, "as b1659820e"),
        ("f2813b20f", 1116, "as b1659820e"),
        ("e4e51bdbf", 1118, "as b1659820e"),
        ("9b7a4cebf", 1118, "as b1659820e"),
        ("020739a30", 1118, "as b1659820e"),
        ("fbbc5be7", 1113, nameof(FirmwareChange.LongWatchdog)),
        ("18e8650ad", 1114, "the driver of the chip is closed: whether its watchdog can be stopped is not known"),
        ("001683ec7", 1113, nameof(FirmwareChange.ModuleInBanner)),
        ("§10: tonumber up to 0xffffffff", 1113, "which function of Lua changed, the note does not say"),
        ("§10: low-power tuning", 1113, "no value is told"),
    ];

    private static readonly SortedDictionary<string, FirmwareChange> Table = new(
        typeof(FirmwareChange).GetFields(BindingFlags.Static | BindingFlags.Public)
            .ToDictionary(field => field.Name, field => (FirmwareChange)field.GetValue(null)!), StringComparer.Ordinal);

    [Fact]
    public void Each_documented_change_is_in_the_table_or_has_its_reason()
    {
        Documented.Select(change => change.Commit).ShouldBeUnique();
        Documented.Where(change => Table.TryGetValue(change.Answer, out var known) && known.Since != change.Since)
            .ShouldBeEmpty();
        Documented.Where(change => !Table.ContainsKey(change.Answer) && !change.Answer.Contains(' ')).ShouldBeEmpty();
        Table.Keys.Except(Documented.Select(change => change.Answer)).ShouldBeEmpty();
    }

    [Fact]
    public void The_changes_since_a_release_are_a_part_of_those_since_the_one_before() =>
        Table.Values.ShouldAllBe(change => change.Since > 1112 && change.Since <= 1120);
}
