using System.Reflection;
using AirHil.Modem.Air;
using AirHil.Modem.Units;

namespace AirHil.Modem.Tests.Air;

/// <summary>What a modem and a network may count on when they speak with each other.</summary>
public sealed class AirContractTests
{
    /// <summary>Events, and the requests that they answer.</summary>
    public static TheoryData<Type, Type> Answers => new()
    {
        { typeof(AirEvent.SmsAnswered), typeof(AirRequest.SubmitSms) },
        { typeof(AirEvent.HostResolved), typeof(AirRequest.ResolveHost) },
        { typeof(AirEvent.HostNotFound), typeof(AirRequest.ResolveHost) },
        { typeof(AirEvent.TcpOpened), typeof(AirRequest.OpenTcp) },
        { typeof(AirEvent.TcpRefused), typeof(AirRequest.OpenTcp) },
        { typeof(AirEvent.TlsOpened), typeof(AirRequest.StartTls) },
        { typeof(AirEvent.TlsFailed), typeof(AirRequest.StartTls) },
        { typeof(AirEvent.TcpReceived), typeof(AirRequest.OpenTcp) },
        { typeof(AirEvent.TcpAcknowledged), typeof(AirRequest.SendTcp) },
        { typeof(AirEvent.TcpClosed), typeof(AirRequest.OpenTcp) },
        { typeof(AirEvent.UdpReceived), typeof(AirRequest.SendUdp) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_event_names_what_it_answers_by_the_number_of_the_request(Type answer, Type request)
    {
        var (first, asked) = (FieldsOf(answer)[0], FieldsOf(request)[0]);
        first.Name.ShouldBe(asked.Name);
        first.ParameterType.ShouldBe(typeof(int));
        asked.ParameterType.ShouldBe(typeof(int));
    }

    [Fact]
    public void Every_event_but_those_of_the_network_answers_a_request() =>
        Kinds(typeof(AirEvent)).Except(Answers.Select(row => row.Data.Item1)).ShouldBe(
            [
                typeof(AirEvent.CoverageChanged), typeof(AirEvent.CellChanged), typeof(AirEvent.SmsDelivered),
                typeof(AirEvent.TcpArrived),
            ]);

    [Fact]
    public void Every_request_but_those_of_the_radio_carries_the_number_of_its_answers() =>
        Kinds(typeof(AirRequest)).Where(kind => FieldsOf(kind)[0].ParameterType != typeof(int)).ShouldBe(
            [typeof(AirRequest.Radio), typeof(AirRequest.Registration)]);

    [Fact]
    public void Nobody_else_adds_a_kind_of_event_or_request()
    {
        foreach (var kind in (Type[])[typeof(AirEvent), typeof(AirRequest)])
        {
            // Besides the constructor that copies, which each record has.
            kind.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(constructor => constructor.GetParameters().Length == 0)
                .ShouldAllBe(constructor => constructor.IsPrivate);
            Kinds(kind).ShouldAllBe(each => each.IsSealed);
        }
    }

    [Theory]
    [InlineData(typeof(AirEvent.TcpAcknowledged), "Bytes", -1, false)]
    [InlineData(typeof(AirEvent.TcpAcknowledged), "Bytes", 0, true)]
    [InlineData(typeof(AirEvent.UdpReceived), "Port", -1, false)]
    [InlineData(typeof(AirEvent.UdpReceived), "Port", 65_535, true)]
    [InlineData(typeof(AirEvent.UdpReceived), "Port", 65_536, false)]
    public void A_field_with_a_range_says_it(Type kind, string field, int value, bool allowed) =>
        kind.GetProperty(field)!.GetCustomAttribute<WithinAttribute>()!.Allows(value).ShouldBe(allowed);

    private static IEnumerable<Type> Kinds(Type of) => of.GetNestedTypes();

    private static ParameterInfo[] FieldsOf(Type kind) => kind.GetConstructors().Single().GetParameters();
}
