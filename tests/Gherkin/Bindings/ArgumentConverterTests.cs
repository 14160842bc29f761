using System.Globalization;

namespace AirHil.Gherkin.Tests.Bindings;

public sealed class ArgumentConverterTests
{
    private enum Socket
    {
        Open,
        HalfOpen,
    }

    [Theory]
    [InlineData("int is 7", "Int32 7")]
    [InlineData("int is x", "'x' cannot become a Int32")]
    [InlineData("int is 99999999999", "'99999999999' cannot become a Int32")]
    [InlineData("double is 2.5", "Double 2.5")]
    [InlineData("decimal is 0.10", "Decimal 0.10")]
    [InlineData("bool is True", "Boolean True")]
    [InlineData("enum is half open", "Socket HalfOpen")]
    [InlineData("enum is shut", "one of Open, HalfOpen")]
    [InlineData("maybe is 3", "Int32 3")]
    [InlineData("time is 20 s", "TimeSpan 00:00:20")]
    [InlineData("time is 00:00:20", "no [StepArgumentTransformation]")]
    [InlineData("named is 3 min", "TimeSpan 00:03:00")]
    [InlineData("name is any text", "String any text")]
    public async Task A_value_becomes_what_the_method_takes_or_the_error_says_why_not(string step, string expected)
    {
        var result = await TestRun.StepsAsync($"Given {step}", typeof(Steps));
        (result.Status == CaseStatus.Passed ? result.Output[0] : result.Message).ShouldContain(expected);
    }

    [Fact]
    public async Task Text_and_table_come_as_the_last_parameter()
    {
        var result = await TestRun.StepsAsync("""
            Given 2 lines
              ```
              one
              two
              ```
            And the table
              | name | age |
              | Ada  | 36  |
              | Bob  |     |
            And the table in its older name
              | name |
              | Cy   |
            """, typeof(Steps));
        result.Message.ShouldBe("");
        result.Output.ShouldBe(["2: one|two", "Ada 36", "Bob ", "Cy"]);
    }

    [Fact]
    public async Task A_table_that_the_method_does_not_take_is_an_error()
    {
        var result = await TestRun.StepsAsync("Given int is 7\n| a |", typeof(Steps));
        result.Status.ShouldBe(CaseStatus.Failed);
        result.Message.ShouldContain("gives 2 values (with table or text), the method takes 1");
    }

    [Binding]
    private sealed class Steps(IReqnrollOutputHelper output)
    {
        [StepArgumentTransformation(@"(\d+) s", Name = "seconds")]
        public static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

        [StepArgumentTransformation(@"(\d+) min", Name = "minutes")]
        public static async Task<TimeSpan> MinutesAsync(int count)
        {
            await Task.Yield();
            return TimeSpan.FromMinutes(count);
        }

        [Given("int is {}")]
        public void Integer(int value) => Write(value);

        [Given("double is {}")]
        public void Number(double value) => Write(value);

        [Given("decimal is {}")]
        public void Exact(decimal value) => Write(value);

        [Given("bool is {}")]
        public void Truth(bool value) => Write(value);

        [Given("enum is {Socket}")]
        public void Enumeration(Socket value) => Write(value);

        [Given("maybe is {}")]
        public void Maybe(int? value) => Write(value!);

        [Given("time is {}")]
        public void Time(TimeSpan value) => Write(value);

        [Given("named is {minutes}")]
        public void Named(TimeSpan value) => Write(value);

        [Given("name is {}")]
        public void Anything(object value) => Write(value);

        [Given("{int} lines")]
        public void Lines(int count, string text) => output.WriteLine("{0}: {1}", count, text.Replace('\n', '|'));

        [Given("the table")]
        public void Table(DataTable table)
        {
            foreach (var row in table.Rows) output.WriteLine($"{row["name"]} {row[1]}");
        }

        [Given("the table in its older name")]
        public void Older(Table table) => output.WriteLine(table.Rows[0]["name"]);

        private void Write(object value) => output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}"));
    }
}
