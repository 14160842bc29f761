namespace AirHil.Rig.Service.Mqtt;

/// <summary>Topics and filters (MQTT 3.1.1 §4.7).</summary>
public static class MqttTopic
{
    /// <summary>The topic to which the rig publishes: the path of the URL, without its query.</summary>
    internal static string Of(ServiceUrl target) => Uri.UnescapeDataString(target.Path[1..].Split('?', 2)[0]);

    internal static bool IsName(string topic) => topic.Length > 0 && !topic.AsSpan().ContainsAny('+', '#');

    /// <summary>"+" stands for one whole level, "#" for the last ones.</summary>
    public static bool IsFilter(string filter)
    {
        if (filter.Length == 0) return false;
        var levels = filter.Split('/');
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Contains('+', StringComparison.Ordinal) && levels[i].Length > 1) return false;
            if (!levels[i].Contains('#', StringComparison.Ordinal)) continue;
            if (levels[i].Length > 1 || i < levels.Length - 1) return false;
        }

        return true;
    }

    /// <summary>Topics that begin with "$" are not meant by a wildcard at the beginning (§4.7.2).</summary>
    public static bool Matches(string filter, string topic)
    {
        if (filter.Length == 0 || topic.Length == 0) return false;
        if (topic[0] == '$' && filter[0] is '+' or '#') return false;
        var (wanted, given) = (filter.Split('/'), topic.Split('/'));
        for (var i = 0; i < wanted.Length; i++)
        {
            // "#" stands for its parent too.
            if (wanted[i] == "#") return true;
            if (i >= given.Length || (wanted[i] != "+" && wanted[i] != given[i])) return false;
        }

        return wanted.Length == given.Length;
    }
}
