using System.Text;
using System.Text.RegularExpressions;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using F23.StringSimilarity;

namespace AirHil.Gherkin.Suggestions;

/// <summary>The message for a step without binding: near misses, and a method to paste.</summary>
public sealed partial class StepSuggestion
{
    private const int MostNearMisses = 3;

    /// <summary>Of the triples of letters of both texts, 0 to 1: most words are the same, in any order.</summary>
    private const double LeastLikeness = 0.5;

    private readonly StepCatalogue _catalogue;
    private readonly List<(Regex Regex, string Name, string Type)> _values;

    public StepSuggestion(StepCatalogue catalogue)
    {
        _catalogue = catalogue;
        _values =
        [
            (new Regex("\"[^\"]*\"|'[^']*'", RegexOptions.CultureInvariant), "string", "string"),
            .. catalogue.Transformations.Where(one => one.Regex is not null)
                .Select(one => (
                    Standing(one.Regex.ToString().Trim('^', '$')), one.Name ?? one.Method.ReturnType.Name,
                    one.Method.ReturnType.Name)),
            (Standing(@"-?\d+\.\d+"), "float", "double"),
            (Standing(@"-?\d+"), "int", "int"),
        ];
    }

    /// <summary>What to tell of a step that no binding fits; several lines.</summary>
    public string For(StepCase step)
    {
        var (expression, types) = Generalise(step.Text);
        var message = new StringBuilder("No binding fits \"").Append(step.Text).Append("\".\n");
        var otherKeyword = _catalogue.Steps.FirstOrDefault(binding => binding.First.Regex.IsMatch(step.Text));
        if (otherKeyword is not null)
        {
            message.Append("It fits, but for another keyword or scope: ")
                .Append(DescribeBinding(otherKeyword)).Append('\n');
        }
        else
        {
            AppendNearMisses(message, step, expression);
        }

        message.Append("`airhil steps` prints all steps. To write this one in C#, paste:\n");
        return Snippet(message, step, expression, types).ToString();
    }

    private void AppendNearMisses(StringBuilder message, StepCase step, string expression)
    {
        var wanted = WithoutNames(expression).ToUpperInvariant();
        var most = Math.Max(3, wanted.Length / 3);
        var (letters, words) = (new Levenshtein(), new SorensenDice(3));
        var near = _catalogue.Steps
            .Select(binding => (Binding: binding, Shape: Shape(binding).ToUpperInvariant()))
            .Select(one => (
                one.Binding, Likeness: words.Similarity(wanted, one.Shape),
                IsSlip: letters.Distance(wanted, one.Shape, most + 1) <= most))
            .Where(one => one.IsSlip || one.Likeness >= LeastLikeness)
            .OrderByDescending(one => one.IsSlip)
            .ThenByDescending(one => one.Likeness)
            .ThenByDescending(one => one.Binding.Keywords.Contains(step.Type))
            .DistinctBy(one => one.Binding.Source)
            .Take(MostNearMisses)
            .ToList();
        if (near.Count == 0) return;
        message.Append("Did you mean\n");
        foreach (var (binding, _, _) in near) message.Append("  ").Append(DescribeBinding(binding)).Append('\n');
    }

    private static string DescribeBinding(StepBinding binding) =>
        $"{(binding.Keywords.Count == 3 ? "*" : string.Join('/', binding.Keywords))} {binding.Source}" +
        $"  ({binding.Method.Name})";

    private static StringBuilder Snippet(StringBuilder text, StepCase step, string expression, List<string> types)
    {
        List<string> parameters = [.. types.Select((type, index) => FormattableString.Invariant($"{type} p{index}"))];
        if (step.DocString is not null) parameters.Add("string text");
        if (step.Table is not null) parameters.Add("DataTable table");
        var literal = expression.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return text.Append("    [").Append(step.Type).Append("(\"").Append(literal).Append("\")]\n    public void ")
            .Append(MethodName($"{step.Type} {Parameter().Replace(expression, " ")}"))
            .Append('(').AppendJoin(", ", parameters)
            .Append(")\n    {\n        throw new PendingStepException();\n    }");
    }

    /// <summary>The text as a Cucumber Expression: known kinds of values become parameters.</summary>
    private (string Expression, List<string> Types) Generalise(string text)
    {
        var expression = new StringBuilder();
        List<string> types = [];
        for (var position = 0; position <= text.Length;)
        {
            Match? first = null;
            var kind = (Name: "", Type: "");
            foreach (var (regex, name, type) in _values)
            {
                var match = regex.Match(text, position);
                if (!match.Success || match.Length == 0) continue;
                var isBetter = first is null || match.Index < first.Index
                    || (match.Index == first.Index && match.Length > first.Length);
                if (isBetter) (first, kind) = (match, (name, type));
            }

            var end = first?.Index ?? text.Length;
            expression.Append(Special().Replace(text[position..end], @"\$0"));
            if (first is null) break;
            expression.Append('{').Append(kind.Name).Append('}');
            types.Add(kind.Type);
            position = first.Index + first.Length;
        }

        return (expression.ToString(), types);
    }

    /// <summary>An expression without the names of its values, to compare texts and not types.</summary>
    private static string Shape(StepBinding binding) => WithoutNames(
        binding.IsRegularExpression ? Group().Replace(binding.Source.Trim('^', '$'), "{}") : binding.Source);

    private static string WithoutNames(string expression) => Parameter().Replace(expression, "{}");

    private static string MethodName(string text) => string.Concat(
        Word().Matches(text).Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..]));

    /// <summary>The pattern as a word of its own, not inside of a word or number.</summary>
    private static Regex Standing(string pattern) =>
        new($@"(?<![\w.]){pattern}(?!\w|\.\d)", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"[({/\\]")]
    private static partial Regex Special();

    [GeneratedRegex(@"(?<!\\)\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Group();

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
