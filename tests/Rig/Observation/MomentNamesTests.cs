using System.Reflection;
using AirHil.Modem.Observation;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Tests.Observation;

public sealed class MomentNamesTests
{
    [Fact]
    public void Every_moment_has_words_of_its_own()
    {
        var moments = typeof(Moment).GetNestedTypes(BindingFlags.Public)
            .Where(type => type.IsSubclassOf(typeof(Moment)));
        var names = moments.Select(MomentNames.Awaited).ToList();
        names.Count.ShouldBeGreaterThan(10);
        names.Distinct().Count().ShouldBe(names.Count);
    }

    [Theory]
    [InlineData(typeof(Moment.IpReady), "the module to have an address (IP_READY)")]
    [InlineData(typeof(Moment.VmExit), "the Lua VM to exit")]
    [InlineData(typeof(Moment.TimeSync), "the event time sync")]
    public void They_complete_a_sentence(Type moment, string words) => MomentNames.Awaited(moment).ShouldBe(words);
}
