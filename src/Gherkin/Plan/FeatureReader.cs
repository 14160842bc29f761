using Gherkin;
using Gherkin.Ast;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Plan;

/// <summary>Makes cases out of one feature file, by the official parser.</summary>
internal sealed class FeatureReader(string file)
{
    public List<ScenarioCase> Cases { get; } = [];

    public List<FeatureFileError> Errors { get; } = [];

    public void Read(string text)
    {
        if (Parsed(text) is { } feature) ReadFeature(feature, text);
        else if (Errors.Count == 0) Errors.Add(new FeatureFileError(file, 0, 0, "the file has no feature"));
    }

    private Feature? Parsed(string text)
    {
        try
        {
            return new Parser().Parse(new StringReader(text)).Feature;
        }
        catch (CompositeParserException errors)
        {
            Errors.AddRange(errors.Errors.Select(ToError));
        }
        catch (ParserException error)
        {
            Errors.Add(ToError(error));
        }
        catch (Exception stumbled)
        {
            Errors.Add(new FeatureFileError(file, 1, 1, $"the parser stumbles over it: {stumbled.Message}"));
        }

        return null;
    }

    private FeatureFileError ToError(ParserException error)
    {
        var (line, column) = (error.Location?.Line ?? 0, error.Location?.Column ?? 0);
        var prefix = FormattableString.Invariant($"({line}:{column}): ");
        var hasPrefix = error.Message.StartsWith(prefix, StringComparison.Ordinal);
        var reason = hasPrefix ? error.Message[prefix.Length..] : error.Message;
        return new FeatureFileError(file, line, Math.Max(column, 1), reason);
    }

    private void ReadFeature(Feature feature, string text)
    {
        var described = new FeatureCase(
            feature.Name, feature.Description ?? "", TagsOf(feature), feature.Language, At(feature.Location))
        {
            Source = text,
        };
        ReadChildren(feature.Children, described, null, []);
    }

    private void ReadChildren(
        IEnumerable<IHasLocation> children, FeatureCase feature, Rule? rule, IReadOnlyList<Step> background)
    {
        foreach (var child in children)
        {
            switch (child)
            {
                case Background steps:
                    background = [.. background, .. steps.Steps];
                    break;
                case Rule inner:
                    ReadChildren(inner.Children, feature, inner, background);
                    break;
                case Scenario scenario:
                    ReadScenario(scenario, feature, rule, background);
                    break;
            }
        }
    }

    private void ReadScenario(Scenario scenario, FeatureCase feature, Rule? rule, IReadOnlyList<Step> background)
    {
        if (!scenario.Examples.Any())
        {
            Add(scenario, feature, rule, background, [], [], scenario.Location);
            return;
        }

        var rows = 0;
        foreach (var examples in scenario.Examples)
        {
            foreach (var row in examples.TableBody ?? [])
            {
                var arguments = examples.TableHeader.Cells.Zip(
                    row.Cells, (name, cell) => KeyValuePair.Create(name.Value, cell.Value));
                Add(scenario, feature, rule, background, TagsOf(examples), [.. arguments], row.Location);
                rows++;
            }
        }

        if (rows == 0)
        {
            Errors.Add(new FeatureFileError(
                file, scenario.Location.Line, scenario.Location.Column,
                $"the examples of '{scenario.Name}' have no row, so nothing would run"));
        }
    }

    private void Add(
        Scenario scenario, FeatureCase feature, Rule? rule, IReadOnlyList<Step> background, string[] exampleTags,
        KeyValuePair<string, string>[] arguments, Location location)
    {
        var ruleTags = rule is null ? [] : TagsOf(rule);
        string[] ownTags = [.. TagsOf(scenario).Union(exampleTags)];
        string[] titles = [feature.Title, .. rule is null ? [] : new[] { rule.Name }, Filled(scenario.Name, arguments)];
        var row = arguments.Length == 0
            ? ""
            : $" (row: {string.Join(", ", arguments.Select(one => $"{one.Key}={one.Value}"))})";
        Cases.Add(new ScenarioCase
        {
            FullName = string.Join(" / ", titles) + row,
            Feature = feature,
            Rule = rule?.Name,
            RuleDescription = rule?.Description ?? "",
            RuleTags = ruleTags,
            Title = scenario.Name,
            Description = scenario.Description ?? "",
            OwnTags = ownTags,
            Tags = [.. feature.Tags.Union(ruleTags).Union(ownTags)],
            Arguments = arguments,
            Steps = StepsOf(scenario, background, arguments),
            Location = At(location),
            ScenarioLine = scenario.Location.Line,
        });
    }

    /// <summary>A scenario without steps of its own stays empty, also with a background: it tests nothing.</summary>
    private List<StepCase> StepsOf(
        Scenario scenario, IReadOnlyList<Step> background, KeyValuePair<string, string>[] arguments)
    {
        List<StepCase> steps = [];
        if (!scenario.Steps.Any()) return steps;
        var type = StepDefinitionType.Given;
        foreach (var step in background) steps.Add(Convert(step, type = TypeOf(step, type), [], true));
        foreach (var step in scenario.Steps) steps.Add(Convert(step, type = TypeOf(step, type), arguments, false));
        return steps;
    }

    private StepCase Convert(
        Step step, StepDefinitionType type, KeyValuePair<string, string>[] arguments, bool isBackground) =>
        new(step.Keyword.Trim(),
            type,
            Filled(step.Text, arguments),
            step.DocString is null ? null : Filled(step.DocString.Content, arguments),
            step.DataTable?.Rows
                .Select(IReadOnlyList<string> (row) => [.. row.Cells.Select(cell => Filled(cell.Value, arguments))])
                .ToList(),
            isBackground,
            At(step.Location));

    private static StepDefinitionType TypeOf(Step step, StepDefinitionType before) => step.KeywordType switch
    {
        StepKeywordType.Context => StepDefinitionType.Given,
        StepKeywordType.Action => StepDefinitionType.When,
        StepKeywordType.Outcome => StepDefinitionType.Then,
        _ => before,
    };

    private static string Filled(string text, KeyValuePair<string, string>[] arguments)
    {
        foreach (var (name, value) in arguments) text = text.Replace($"<{name}>", value, StringComparison.Ordinal);
        return text;
    }

    private static string[] TagsOf(IHasTags tagged) => [.. tagged.Tags.Select(tag => tag.Name.TrimStart('@'))];

    private SourceLocation At(Location location) => new(file, location.Line);
}
