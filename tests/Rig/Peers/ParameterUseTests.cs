using AirHil.Rig.Peers;

namespace AirHil.Rig.Tests.Peers;

public sealed class ParameterUseTests
{
    [Theory]
    [InlineData("local unit = parameters.unit or 1", "unit")]
    [InlineData("local unit = parameters['the unit']", "the unit")]
    [InlineData("function on_data(n) send(parameters['register ' .. n]) end", "register 100")]
    [InlineData("for name, value in pairs(parameters) do log(name) end", "anything")]
    [InlineData("local p = parameters  log(p.x)", "x")]
    [InlineData("local function get(name) return parameters[name] end  get('delay')", "delay")]
    public void What_a_script_may_read_is_taken(string script, string name) =>
        ParameterUse.WhyUnread(script, [name]).ShouldBeNull();

    [Theory]
    [InlineData("local u = parameters.unit repeat until u", "unti",
        "it never reads the parameter 'unti'; it reads 'unit'")]
    [InlineData("local u = parameters.unit or parameters[\"delay\"]", "units",
        "it never reads the parameter 'units'; it reads 'unit', 'delay'")]
    [InlineData("send(parameters['register ' .. 5])", "registr 5", "it never reads the parameter 'registr 5'; ")]
    [InlineData("-- parameters: a, b\nsend(parameters.a)", "c", "it never reads the parameter 'c'; it reads 'a'")]
    [InlineData("on_data = send", "unit", "it never reads the parameter 'unit'; it reads none by name")]
    public void What_it_cannot_read_is_told_with_the_names_that_it_reads(string script, string name, string why) =>
        ParameterUse.WhyUnread(script, [name]).ShouldNotBeNull().ShouldStartWith(why);
}
