using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AirHil.Cli.Tests;

/// <summary>How many lines the methods of a file have, from the first modifier to the last brace.</summary>
internal static class MethodSizes
{
    /// <summary>
    /// Methods, constructors, properties, operators and local functions; a program's statements too. A property that is
    /// a table of rows is data and not counted.
    /// </summary>
    public static IEnumerable<(string Name, int Lines)> In(string file)
    {
        var root = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetCompilationUnitRoot();
        foreach (var node in root.DescendantNodes())
        {
            if (NameOf(node) is not { } name) continue;
            yield return (name, Lines(root.SyntaxTree, node.ChildTokens().First().SpanStart, node.Span.End));
        }

        if (root.Members.OfType<GlobalStatementSyntax>().ToList() is [var first, ..] statements)
        {
            yield return ("Main", Lines(root.SyntaxTree, first.SpanStart, statements[^1].Span.End));
        }
    }

    private static int Lines(SyntaxTree tree, int from, int to)
    {
        var span = tree.GetLineSpan(new Microsoft.CodeAnalysis.Text.TextSpan(from, to - from));
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        PropertyDeclarationSyntax property => IsTable(property) ? null : property.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        OperatorDeclarationSyntax => "operator",
        IndexerDeclarationSyntax => "this",
        _ => null,
    };

    private static bool IsTable(PropertyDeclarationSyntax property) =>
        (property.Initializer?.Value ?? property.ExpressionBody?.Expression)
            is CollectionExpressionSyntax or BaseObjectCreationExpressionSyntax;
}
