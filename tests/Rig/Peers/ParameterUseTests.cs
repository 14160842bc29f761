using AirHil.Rig.Peers;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Peers;

public sealed class ParameterUseTests
{
    [Theory]
    [InlineData("local unit = parameters.unit or 1", "unit")]
    [InlineData("local unit = parameters['the unit']", "the unit")]
    [InlineData("function on_data(n) send(parameters['register ' .. n]) end", "register 100")]
    [InlineData("for name, value in pairs(parameters) do log(name) end", "anything")]
    [InlineData("local all = numbered('register')", "register 5")]
    [InlineData("local all = numbered \"value after\"", "value after 2.5")]
    [InlineData("log('-- unit') send(parameters[name])", "unit")]
    [InlineData("log([==[ -- ]] unit]==], parameters[name])", "unit")]
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
    [InlineData("-- parameters: unit\nsend(parameters.a)", "unit", "it never reads the parameter 'unit'; it reads 'a'")]
    [InlineData("--[[ the\nunit ]] send(parameters.a)", "unit", "it never reads the parameter 'unit'; it reads 'a'")]
    [InlineData("local r, u = numbered('register'), parameters.unit", "registr 5",
        "it never reads the parameter 'registr 5'; it reads 'register N', 'unit'")]
    [InlineData("on_data = send", "unit", "it never reads the parameter 'unit'; it reads none by name")]
    public void What_it_cannot_read_is_told_with_the_names_that_it_reads(string script, string name, string why) =>
        ParameterUse.WhyUnread(script, [name]).ShouldNotBeNull().ShouldStartWith(why);

    /// <summary>No script that comes with AirHil takes a name that it does not read.</summary>
    [Fact]
    public void Scripts_that_come_along_refuse_unknown_names()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "fixtures", "peers"), "*.lua"))
        {
            ParameterUse.WhyUnread(File.ReadAllText(file), ["qwertz"]).ShouldNotBeNull(file);
            ParameterUse.WhyUnread(File.ReadAllText(file), ["qwertz 7"]).ShouldNotBeNull(file);
        }
    }
}
