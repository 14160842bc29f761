namespace AirHil.Cli.Tests;

public sealed class ExceptionsTests
{
    [Fact]
    public void What_breaks_a_rule_and_is_no_exception_fails() =>
        Should.Throw<ShouldAssertException>(() => new[] { "a", "b" }.ShouldBeOnly(["a"]))
            .Message.ShouldContain("breaks the rule");

    [Fact]
    public void An_exception_without_need_fails() =>
        Should.Throw<ShouldAssertException>(() => new[] { "a" }.ShouldBeOnly(["a", "b"]))
            .Message.ShouldContain("remove it");

    [Fact]
    public void Exceptions_that_are_all_needed_pass() => new[] { "b", "a", "a" }.ShouldBeOnly(["a", "b"]);
}
