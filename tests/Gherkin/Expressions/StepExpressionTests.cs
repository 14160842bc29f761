using AirHil.Gherkin.Expressions;
using CsCheck;

namespace AirHil.Gherkin.Tests.Expressions;

public sealed class StepExpressionTests
{
    [Theory]
    [InlineData("the module is on", "the module is on", new string[0])]
    [InlineData("I wait {int} s", "I wait 20 s", new[] { "20" })]
    [InlineData("I wait {int} s", "I wait -3 s", new[] { "-3" })]
    [InlineData("I wait {int} s", "I wait 2.5 s", null)]
    [InlineData("loss of {float} %", "loss of 2.5 %", new[] { "2.5" })]
    [InlineData("loss of {float} %", "loss of 1e-3 %", new[] { "1e-3" })]
    [InlineData("it says {string}", "it says \"a b\"", new[] { "a b" })]
    [InlineData("it says {string}", "it says 'a \"b\"'", new[] { "a \"b\"" })]
    [InlineData("it says {string}", "it says \"\"", new[] { "" })]
    [InlineData("it says {string}", "it says \"a\\\"b\"", new[] { "a\\\"b" })]
    [InlineData("it says {string}", "it says a", null)]
    [InlineData("pin {word} is {word}", "pin GPIO27 is high", new[] { "GPIO27", "high" })]
    [InlineData("anything {}", "anything at all", new[] { "at all" })]
    [InlineData("{int} frame(s) arrive(s)", "1 frame arrives", new[] { "1" })]
    [InlineData("{int} frame(s) arrive(s)", "2 frames arrive", new[] { "2" })]
    [InlineData("the link/network drops", "the network drops", new string[0])]
    [InlineData("the link/network drops", "the link/network drops", null)]
    [InlineData("the link(s)/network(s) drop", "the networks drop", new string[0])]
    [InlineData("text/plain\\/html", "plain/html", new string[0])]
    [InlineData("a \\(b) \\{c} d\\\\e", "a (b) {c} d\\e", new string[0])]
    [InlineData("is 3.5 V?", "is 3.5 V?", new string[0])]
    [InlineData("is 3.5 V?", "is 3x5 V", null)]
    [InlineData("^(\\d+) frames?$", "12 frames", new[] { "12" })]
    [InlineData("^(on|off)(?: now)?$", "on now", new[] { "on" })]
    [InlineData("^(\\d+) frames?$", "12 frames more", null)]
    public void Texts_match_whole_and_give_their_values(string expression, string text, string[]? values) =>
        Parse(expression).Match(text).ShouldBe(values);

    [Theory]
    [InlineData("I wait (\\d+) s", "^I wait (\\d+) s$")]
    [InlineData("it says (.*)", "^it says (.*)$")]
    [InlineData("pin (on|off)", "^pin (on|off)$")]
    [InlineData("pin ([a-z]+)", "^pin ([a-z]+)$")]
    [InlineData("frames?(?: now)", "^frames?(?: now)$")]
    [InlineData("^only the front", "^only the front$")]
    [InlineData("only the end$", "^only the end$")]
    public void A_regex_without_both_anchors_is_an_error_that_shows_them(string expression, string anchored) =>
        Should.Throw<ExpressionException>(() => Parse(expression)).Message.ShouldContain($"write \"{anchored}\"");

    [Theory]
    [InlineData("I wait {duraton}", "no parameter type {duraton}")]
    [InlineData("I wait {int", "the { has no }")]
    [InlineData("I wait (s", "the ( has no )")]
    [InlineData("I wait ()", "is empty")]
    [InlineData("I wait ({int})", "neither ( nor {")]
    [InlineData("a/ b", "has no text")]
    [InlineData("a/(b) c", "has no text")]
    [InlineData("", "is empty")]
    [InlineData("^(a$", "in \"^(a$\"")]
    public void What_is_no_expression_is_an_error_that_says_why(string expression, string reason) =>
        Should.Throw<ExpressionException>(() => Parse(expression)).Message.ShouldContain(reason);

    [Fact]
    public void Own_types_may_have_groups_and_several_patterns()
    {
        var types = new ParameterTypes();
        types.Add(ParameterType.Own("duration", @"^(\d+) (?<unit>s|ms)$", ""));
        types.Add(ParameterType.Own("duration", "forever", ""));
        var expression = StepExpression.Parse("I wait {duration} more", ExpressionType.Unspecified, types);
        expression.Match("I wait 20 ms more").ShouldBe(["20 ms"]);
        expression.Match("I wait forever more").ShouldBe(["forever"]);
        expression.Match("I wait 20 min more").ShouldBeNull();
    }

    [Fact]
    public void Any_text_whose_special_characters_are_escaped_matches_itself() =>
        Gen.String[Gen.Char[" abz09.*+?()[]{}/\\|^$#é"], 1, 20].Sample(text =>
        {
            var escaped = string.Concat(text.Select(c => c is '(' or '{' or '/' or '\\' ? $"\\{c}" : $"{c}"));
            StepExpression.Parse(escaped, ExpressionType.CucumberExpression, new ParameterTypes())
                .Match(text).ShouldBe([]);
        });

    private static StepExpression Parse(string expression) =>
        StepExpression.Parse(expression, ExpressionType.Unspecified, new ParameterTypes());
}
