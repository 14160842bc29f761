using AirHil.Modem.Air;
using AirHil.Modem.ShortMessages;
using AirHil.Modem.Units;
using AirHil.Rig.Runs;

namespace AirHil.Live.Remote;

/// <summary>What a client has at a bench: modems, networks, and preparations that it has asked for.</summary>
/// <param name="link">Its session.</param>
/// <param name="gate">The session's lock.</param>
internal sealed class RemoteMachines(RemoteLink link, object gate)
{
    private readonly Dictionary<int, RemoteModem> _modems = [];
    private readonly Dictionary<int, RemoteNetwork> _networks = [];
    private readonly Dictionary<int, TaskCompletionSource<string?>> _prepares = [];
    private readonly SentScripts _scripts = new(link);
    private string? _lost;
    private int _lastModem;
    private int _lastNetwork;
    private int _lastPrepare;

    /// <summary>Has the bench prepare the board for a script.</summary>
    /// <returns>Why it cannot run it; null where it can.</returns>
    /// <param name="limit">How long it may take.</param>
    public async Task<string?> PrepareAsync(FirmwareSource firmware, TimeSpan limit, CancellationToken cancel)
    {
        int request;
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (_lost is not null) return _lost;
            request = ++_lastPrepare;
            _prepares[request] = answer;
            link.Post(new BenchMessage.Prepare(request, _scripts.Send(firmware)));
        }

        try
        {
            return await answer.Task.WaitAsync(limit, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            lock (gate) link.Post(new BenchMessage.CancelPrepare(request));
            return $"the bench has not said within {DurationText.Say(limit)} whether the board runs the script";
        }
        catch (OperationCanceledException)
        {
            lock (gate) link.Post(new BenchMessage.CancelPrepare(request));
            throw;
        }
    }

    /// <summary>Puts a modem on the bench.</summary>
    /// <returns>Its number; 0 if the session is over; the modem gets an error.</returns>
    public int Create(RemoteModem modem, FirmwareSource firmware, BenchOptions options, string name, TimeSpan now)
    {
        lock (gate)
        {
            if (_lost is not null) return 0;
            var id = ++_lastModem;
            _modems[id] = modem;
            link.Post(new BenchMessage.Create(
                id, _scripts.Send(firmware), name, options.Seed, options.StartDate, options.UartBaud, options.Vitals,
                now)
            {
                Bits = options.Bits,
            });
            return id;
        }
    }

    /// <summary>Opens the network of a run at the bench.</summary>
    /// <returns>Its number; 0 where the session is over.</returns>
    public int OpenNetwork(RemoteNetwork network, BenchOptions options, TimeSpan now)
    {
        lock (gate)
        {
            if (_lost is not null) return 0;
            var id = ++_lastNetwork;
            _networks[id] = network;
            link.Post(new BenchMessage.OpenNetwork(id, options.Seed, options.StartDate, now));
            return id;
        }
    }

    /// <summary>The session is over, and with it all that the client had.</summary>
    public void Lose(string reason)
    {
        RemoteModem[] modems;
        RemoteNetwork[] networks;
        TaskCompletionSource<string?>[] prepares;
        lock (gate)
        {
            _lost = reason;
            modems = [.. _modems.Values];
            networks = [.. _networks.Values];
            prepares = [.. _prepares.Values];
            _modems.Clear();
            _networks.Clear();
            _prepares.Clear();
        }

        foreach (var modem in modems) modem.Lose(reason);
        foreach (var network in networks) network.Lose(reason);
        foreach (var prepare in prepares) prepare.TrySetResult(reason);
    }

    /// <summary>The bench has sent something.</summary>
    /// <exception cref="MalformedMessageException">It is for nothing that the client has.</exception>
    public void Deliver(long number, BenchMessage message)
    {
        switch (message)
        {
            case BenchMessage.Output { Value: AirRequest.SubmitSms sms } when WhyNoSms(sms) is { } fault:
                throw new MalformedMessageException($"a text message that is no SMS-SUBMIT: {fault}");
            case BenchMessage.Output output when _modems.TryGetValue(output.Modem, out var modem):
                modem.Receive(number, output.Value, link.FromBench(output.At));
                return;
            case BenchMessage.FromNetwork output when _networks.TryGetValue(output.Network, out var network):
                network.Receive(number, output.Value, link.FromBench(output.At), output.Seen);
                return;
            case BenchMessage.NetworkFailed failed when _networks.TryGetValue(failed.Network, out var network):
                network.Fail(Printable.Of(failed.Reason, 1_000));
                break;
            case BenchMessage.NetworkClosed closed when _networks.Remove(closed.Network, out var network):
                network.Release();
                break;
            case BenchMessage.Released released when _modems.Remove(released.Modem, out var modem):
                modem.Release();
                break;
            case BenchMessage.Prepared prepared when _prepares.Remove(prepared.Request, out var answer):
                answer.TrySetResult(prepared.Reason is { } reason ? Printable.Of(reason, 1_000) : null);
                break;
            default:
                throw new MalformedMessageException($"'{MessageJson.NameOf(message)}' may not come from a bench now");
        }

        link.Take(number);
    }

    private static string? WhyNoSms(AirRequest.SubmitSms sms)
    {
        try
        {
            SubmitPdu.Read(sms.Pdu.Span);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
