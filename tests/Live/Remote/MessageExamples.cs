using System.Reflection;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Network;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;

namespace AirHil.Live.Tests.Remote;

/// <summary>
/// One example of every message, found by reflection: a case that is added to any of the types has its example here
/// without a further word.
/// </summary>
internal static class MessageExamples
{
    private static readonly byte[] Bytes = new Payloads(9).Bytes(300);

    /// <summary>Types whose values are one of several cases.</summary>
    public static Type[] Unions { get; } =
    [
        typeof(LinkMessage), typeof(BenchMessage), typeof(ModemInput), typeof(ModemOutput), typeof(AirEvent),
        typeof(AirRequest), typeof(NetworkInput), typeof(NetworkOutput), typeof(ServiceInput), typeof(ServiceOutput),
        typeof(NetworkFault),
    ];

    /// <summary>Cases that stay at one end.</summary>
    public static Type[] Unsent { get; } =
    [
        typeof(ServiceInput.AddEndpoint), typeof(ServiceInput.SendText), typeof(ServiceInput.SendBinary),
        typeof(ServiceInput.SendPing), typeof(ServiceInput.Begin), typeof(ServiceInput.End),
        typeof(ServiceOutput.Recorded), typeof(ModemCommand.TellDevice), typeof(ModemCommand.LabelModule),
        typeof(BusRequest.I2c), typeof(BusRequest.Spi),
        typeof(BusAnswer.I2c), typeof(BusAnswer.Spi),
    ];

    public static IReadOnlyList<LinkMessage> All { get; } = [.. Of(typeof(LinkMessage)).Cast<LinkMessage>()];

    public static IEnumerable<Type> CasesOf(Type union) => union.Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsSubclassOf(union) && !Unsent.Contains(t));

    public static LinkMessage Wrap(NetworkInput input) =>
        new LinkMessage.Numbered(1, new BenchMessage.ToNetwork(1, input));

    public static LinkMessage Wrap(NetworkOutput output) =>
        new LinkMessage.Numbered(1, new BenchMessage.FromNetwork(1, TimeSpan.Zero, 0, output));

    /// <summary>Compares all public fields, and what is within them.</summary>
    public static void ShouldBeAlike(object? actual, object? expected, string path)
    {
        if (expected is ReadOnlyMemory<byte> bytes)
        {
            actual.ShouldBeOfType<ReadOnlyMemory<byte>>().ToArray().ShouldBe(bytes.ToArray(), path);
        }
        else if (expected is System.Collections.ICollection expectedList)
        {
            var list = actual.ShouldBeAssignableTo<System.Collections.ICollection>(path)!.Cast<object>().ToArray();
            list.Length.ShouldBe(expectedList.Count, path);
            foreach (var (one, other) in list.Zip(expectedList.Cast<object>())) ShouldBeAlike(one, other, path + "[]");
        }
        else if (expected is not null && IsRecord(expected.GetType()))
        {
            actual.ShouldNotBeNull(path).GetType().ShouldBe(expected.GetType(), path);
            foreach (var property in expected.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                ShouldBeAlike(property.GetValue(actual), property.GetValue(expected), $"{path}.{property.Name}");
            }
        }
        else
        {
            actual.ShouldBe(expected, path);
        }
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static IEnumerable<object> Of(Type type)
    {
        if (type == typeof(SessionEvent)) return Events();
        if (type == typeof(CellList)) return [CellList.Parse("192756611,18511,39,387,-75 0,0,3,12,-95,-12,4,1650")];
        if (type.IsAbstract && IsRecord(type)) return CasesOf(type).SelectMany(Of);
        if (IsRecord(type)) return Records(type);
        return [Value(type)];
    }

    private static IEnumerable<object> Records(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var choices = constructor.GetParameters().Select(p => Choices(type, p)).ToArray();
        for (var i = 0; i < Math.Max(1, choices.Select(c => c.Length).DefaultIfEmpty(1).Max()); i++)
        {
            var record = constructor.Invoke([.. choices.Select(c => c[i % c.Length])]);
            if (record is BoardOffer offer)
            {
                record = offer with
                {
                    MostModems = 1,
                    HasNetwork = true,
                    ServiceHosts = ["rig.test", "echo.test"],
                    Uarts = [1, 32],
                    Pins = [new(27, true, false, false), new(8, false, true, true)],
                };
            }

            yield return record switch
            {
                BenchMessage.Create create => create with { Bits = 64 },
                LinkMessage.Hello hello => hello with { Protocol = RemoteProtocol.Version },
                CellConditions cell => cell with { Band = 39, Channel = 38_400, PhysicalId = 5, Neighbours = Seen() },
                InterruptLink link => link with { Every = link.Gap * 2 },
                LinkMessage.Welcome welcome => welcome with { Protocol = RemoteProtocol.Version },
                _ => record,
            };
        }
    }

    private static Neighbours Seen() => new([.. CellList.Parse("5,6,3,12,-95,-12,4,1650").Cells]);

    private static object[] Choices(Type record, ParameterInfo parameter)
    {
        var range = record.GetProperty(parameter.Name!)?.GetCustomAttribute<WithinAttribute>();
        return [.. Of(parameter.ParameterType).Select(value => value switch
        {
            int number when range?.Allows(number) == false => (int)range.Most,
            long number when range?.Allows(number) == false => (long)range.Most,
            _ => value,
        })];
    }

    private static object Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(int)) return 37;
        if (type == typeof(long)) return 1L << 40;
        if (type == typeof(ulong)) return ulong.MaxValue;
        if (type == typeof(double)) return 0.25;
        if (type == typeof(bool)) return true;
        if (type == typeof(string)) return "text-\u00fc";
        if (type == typeof(TimeSpan)) return TimeSpan.FromMilliseconds(1234.567);
        if (type == typeof(ReadOnlyMemory<byte>)) return (ReadOnlyMemory<byte>)Bytes;
        if (type == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2024, 10, 12, 13, 29, 47, TimeSpan.FromHours(8)).AddTicks(1_234_567);
        }

        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        if (type.IsGenericType)
        {
            var item = type.GetGenericArguments()[0];
            var items = Array.CreateInstance(item, 2);
            foreach (var i in new[] { 0, 1 }) items.SetValue(Of(item).First(), i);
            return items;
        }

        throw new NotSupportedException($"no example of {type}; add one");
    }

    private static IEnumerable<SessionEvent> Events() =>
    [
        new TcpSent(TimeSpan.FromMilliseconds(1234.567), new Connection(1, "echo.test", 443), Bytes) { Modem = "left" },
        new LogLine(TimeSpan.FromMilliseconds(1234.567), TimeSpan.FromSeconds(3), "a \"text\""u8.ToArray())
        {
            Modem = "",
        },
    ];
}
