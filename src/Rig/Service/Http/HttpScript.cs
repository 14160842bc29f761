using System.Globalization;
using System.Text;
using AirHil.Lua.Values;
using AirHil.Modem.Units;

namespace AirHil.Rig.Service.Http;

/// <summary>
/// Requests that a script of the user answers: on_request(request) gives status, body, headers, delay.
/// </summary>
internal static class HttpScript
{
    private const double MostDelay = 3_600_000;

    /// <summary>What on_request gives, in its order; each may be nil.</summary>
    private static readonly (string Name, string Type)[] Values =
        [("status", "number"), ("body", "string"), ("headers", "table"), ("delay", "number")];

    /// <summary>As much of a wrong header is shown.</summary>
    private const int Shown = 80;

    /// <summary>Asks the script. Where it answers nothing, nobody does.</summary>
    public static HttpAnswer Ask(ServiceScript script, HttpRequest request)
    {
        if (script.Ask("on_request", TableOf(script, request)) is not { Count: > 0 } answer) return new HttpAnswer(0);
        if (WhyNot(answer) is { } other) return Refuse(script, other);
        if (answer[0].IsNil) return new HttpAnswer(0);
        var status = answer[0].AsNumber;
        var delay = answer.Count > 3 && answer[3].IsNumber ? answer[3].AsNumber : 1;
        if (status is not (>= 200 and <= 599) || status % 1 != 0 || delay is not (>= 0 and <= MostDelay))
        {
            return Refuse(script, string.Create(
                CultureInfo.InvariantCulture,
                $"gave the status {status} and the delay {delay}; a status is 200 to 599, and a delay is " +
                $"0 to {MostDelay} ms"));
        }

        var body = answer.Count < 2 || answer[1].IsNil ? default
            : answer[1].AsString?.Memory ?? Encoding.ASCII.GetBytes(answer[1].ToString());
        var headers = answer.Count > 2 && answer[2].AsTable is { } given ? HeadersOf(given) : [];
        if (headers.FirstOrDefault(line => !HttpHeaderLine.IsValid(line)) is { } wrong)
        {
            if (wrong.Length > Shown) wrong = wrong[..Shown] + "…";
            var shown = Escapes.Quote(Encoding.UTF8.GetBytes(wrong));
            return Refuse(script, $"gave the header {shown}; {HttpHeaderLine.Rule}");
        }

        if (script.Spend(body.Length + headers.Sum(line => (long)line.Length)) is { } tooMuch)
        {
            return Refuse(script, $"gave too much: {tooMuch}");
        }

        return new HttpAnswer((int)status)
        {
            Body = body,
            Type = body.IsEmpty || headers.Any(IsType) ? "" : "text/plain",
            Headers = headers,
            Delay = TimeSpan.FromTicks((long)(delay * TimeSpan.TicksPerMillisecond)),
        };
    }

    /// <summary>Why the values are none of an answer, by their types; null: they are.</summary>
    private static string? WhyNot(IReadOnlyList<LuaValue> answer)
    {
        foreach (var ((name, type), value) in Values.Zip(answer))
        {
            if (value.IsNil || value.TypeName == type || (type == "string" && value.IsNumber)) continue;
            return $"gave a {value.TypeName} for the {name}, which is a {type}";
        }

        if (answer.Count < 3 || answer[2].AsTable is not { } headers) return null;
        for (var key = LuaValue.Nil; headers.Next(key, out var name, out var value); key = name)
        {
            if (name.AsString is not null && (value.AsString is not null || value.IsNumber)) continue;
            return $"gave a header with a {name.TypeName} for its name and a {value.TypeName} for its value; both " +
                "are strings";
        }

        return null;
    }

    private static HttpAnswer Refuse(ServiceScript script, string why)
    {
        script.Refuse("on_request", why);
        return new HttpAnswer(0);
    }

    private static bool IsType(string header) => header.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase);

    private static List<string> HeadersOf(LuaTable table)
    {
        var headers = new List<string>();
        for (var key = LuaValue.Nil; table.Next(key, out var name, out var value); key = name)
        {
            headers.Add($"{name}: {value}");
        }

        headers.Sort(StringComparer.Ordinal);
        return headers;
    }

    private static LuaValue TableOf(ServiceScript script, HttpRequest request)
    {
        var table = script.NewTable();
        var (head, query) = (request.Head, request.Head.Target[request.Head.Path.Length..]);
        table["method"] = head.Method;
        table["path"] = head.Path;
        table["query"] = query.Length == 0 ? "" : query[1..];
        table["body"] = script.Text(request.Body);
        var headers = script.NewTable();
        foreach (var (name, value) in head.Headers)
        {
            headers[name.ToLowerInvariant()] = LuaString.FromBytes(Encoding.Latin1.GetBytes(value));
        }

        table["headers"] = headers;
        return table;
    }
}
