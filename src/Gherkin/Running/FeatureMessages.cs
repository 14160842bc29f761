using Gherkin;
using Gherkin.CucumberMessages;
using Gherkin.CucumberMessages.Pickles;
using Io.Cucumber.Messages.Types;
using Reqnroll.Formatters.RuntimeSupport;

namespace AirHil.Gherkin.Running;

/// <summary>
/// What Reqnroll's generator would have embedded: the source, its tree and its pickles, made when asked for.
/// </summary>
internal sealed class FeatureMessages : IFeatureLevelCucumberMessages
{
    private readonly Lazy<(GherkinDocument Document, Pickle[] Pickles)> _parsed;

    public FeatureMessages(string file, string text)
    {
        Source = new Source(file, text, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN);
        _parsed = new(() =>
        {
            var ids = new Ids(file);
            var document = new AstMessagesConverter(ids)
                .ConvertGherkinDocumentToEventArgs(new Parser().Parse(new StringReader(text)), file);
            return (document, [.. new PickleCompiler(ids).Compile(document)]);
        });
    }

    public bool HasMessages => true;

    public Source Source { get; }

    public GherkinDocument GherkinDocument => _parsed.Value.Document;

    public IEnumerable<Pickle> Pickles => _parsed.Value.Pickles;

    private sealed class Ids(string file) : IIdGenerator
    {
        private int _last;

        public string GetNewId() => FormattableString.Invariant($"{file}#{++_last}");
    }
}
