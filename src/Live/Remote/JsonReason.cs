using System.Globalization;
using System.Text.RegularExpressions;

namespace AirHil.Live.Remote;

/// <summary>
/// Why a text is no message, in words of the protocol. What the serializer says names types of this program, which tell
/// the author of another client nothing.
/// </summary>
internal static partial class JsonReason
{
    private const string OtherForm = "its form is not the one that the protocol gives";

    private static readonly (Regex Said, string Plain)[] Forms =
    [
        (NotConverted(), "the value is not of the field's kind"),
        (Missing(), "the object lacks $1"),
        (Unknown(), "the field '$1' is not known"),
        (Twice(), "the field '$1' is there twice"),
        (Null(), "the field '$1' may not be null"),
        (NoKind(), "the object has no type discriminator: the field 'type' or 'kind'"),
        (OtherKind(), "'$1' is not known as a type or kind"),
        (TooDeep(), "its depth is more than $1"),
        (OutOfRange(), "the number does not fit"),
        (OneEndsOwn(), "$1"),
        (WrongToken(), "the value is not of the field's kind"),
    ];

    /// <param name="said">The serializer's text.</param>
    public static string Plain(string said)
    {
        foreach (var (pattern, plain) in Forms)
        {
            if (pattern.Match(said) is { Success: true } match) return match.Result(plain);
        }

        var text = Place().Replace(said, place => $" (line {Next(place.Groups[1])}, byte {Next(place.Groups[2])})");
        return Internal().IsMatch(text) ? OtherForm : text;
    }

    /// <summary>The serializer counts from 0.</summary>
    private static string Next(Group number) =>
        (long.Parse(number.ValueSpan, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"could not be converted to ")]
    private static partial Regex NotConverted();

    [GeneratedRegex(@"missing required properties including: ('[^.]*')")]
    private static partial Regex Missing();

    [GeneratedRegex(@"The JSON property '(.*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"Duplicate property '(.*)' encountered")]
    private static partial Regex Twice();

    [GeneratedRegex(@"'(\w+)' on type '[^']*' doesn't allow")]
    private static partial Regex Null();

    [GeneratedRegex(@"must specify a type discriminator")]
    private static partial Regex NoKind();

    [GeneratedRegex(@"unrecognized type discriminator id '(.*)'")]
    private static partial Regex OtherKind();

    [GeneratedRegex(@"maximum configured depth of (\d+)")]
    private static partial Regex TooDeep();

    [GeneratedRegex(@"not in a supported format, or is out of bounds")]
    private static partial Regex OutOfRange();

    [GeneratedRegex(@"Runtime type '(?:[^']*[.+])?(\w+)' is not supported")]
    private static partial Regex OneEndsOwn();

    [GeneratedRegex(@"Cannot get the value of a token type")]
    private static partial Regex WrongToken();

    [GeneratedRegex(@"\s*LineNumber: (\d+) \| BytePositionInLine: (\d+)\.?")]
    private static partial Regex Place();

    [GeneratedRegex(@"System\.|AirHil\.|\.NET|[Dd]eseriali[sz]|metadata|Change the reader|\w\+[A-Z]")]
    private static partial Regex Internal();
}
