using System.Text;

namespace AirHil.Rig.Service.Http;

/// <summary>The HTTP servers of a host, and how often their routes were asked for.</summary>
internal sealed class HttpSite(ServiceSide side) : ServiceSite(side)
{
    private readonly Dictionary<HttpRoute, int> _asked = new(ReferenceEqualityComparer.Instance);

    public override ServiceSession Accept(ServiceConnection connection) => new HttpSession(this, Side, connection);

    /// <summary>What answers a request, and how.</summary>
    public (Endpoint? Endpoint, HttpAnswer Answer) Find(int port, HttpRequest request)
    {
        var head = request.Head;
        var scripted = Endpoints.Where(e => e.Url.Port == port && e.Behavior is ScriptedService)
            .Where(e => e.Url.Path == "/" || e.Url.Path == head.Path)
            .OrderByDescending(e => e.Url.Path.Length).FirstOrDefault();
        if (scripted is not null) return (scripted, HttpScript.Ask(ScriptOf(scripted)!, request));
        var allowed = new List<string>();
        var fitting =
            from endpoint in Endpoints
            where endpoint.Url.Port == port && endpoint.Behavior is HttpServer
            from route in ((HttpServer)endpoint.Behavior).Routes
            where route.HasPath(head.Path) || route.HasPath(head.Target)
            orderby route.Path.EndsWith('*'), route.Path.Length descending
            select (endpoint, route);
        foreach (var (endpoint, route) in fitting)
        {
            if (route.HasMethod(head.Method)) return (endpoint, Next(route));
            allowed.Add(route.Method);
        }

        var answer = new HttpAnswer(allowed.Count == 0 ? 404 : 405)
        {
            Type = "text/plain",
            Body = Encoding.UTF8.GetBytes($"no route for {head.Method} {head.Path}\n"),
        };
        return (null, allowed.Count == 0
            ? answer
            : answer with { Headers = ["Allow: " + string.Join(", ", allowed.Distinct(StringComparer.Ordinal))] });
    }

    private HttpAnswer Next(HttpRoute route)
    {
        var count = _asked[route] = _asked.GetValueOrDefault(route) + 1;
        foreach (var answer in route.Answers)
        {
            if (count <= answer.Times) return answer;
            count -= answer.Times;
        }

        return route.Answers[^1];
    }
}
