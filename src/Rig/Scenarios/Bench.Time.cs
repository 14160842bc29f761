using AirHil.Rig.Sessions;

namespace AirHil.Rig.Scenarios;

/// <content>Time: it passes when somebody lets it, and what is pending is done when it is due.</content>
public sealed partial class Bench
{
    /// <summary>What a report takes to arrive as a rule; a target's latency is what it takes at most.</summary>
    private static readonly TimeSpan UsualLag = TimeSpan.FromMilliseconds(250);

    /// <summary>Lets time pass. It moves no cursor: what happened meanwhile can still be expected.</summary>
    public async ValueTask RunFor(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        await Advance(null, Now + duration);
        _place += duration;
    }

    /// <summary>
    /// As <see cref="RunFor"/>, and behind an event that was heard late counted from its happening: for what is done
    /// in step with the module.
    /// </summary>
    public async ValueTask RunOn(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var (place, now) = (_place + duration, Now);
        if (Options.Target.Latency == TimeSpan.Zero) place = now + duration;
        await Advance(null, place > now ? place : now);
        _place = place;
    }

    /// <summary>
    /// Lets time pass, and then waits for what happened in it and is heard late; for counting "until then".
    /// </summary>
    /// <returns>When the time was over.</returns>
    public async ValueTask<TimeSpan> Observe(TimeSpan duration)
    {
        await RunFor(duration);
        var end = Now;
        await Advance(null, Now + (Options.Target.Latency < UsualLag ? Options.Target.Latency : UsualLag));
        return end;
    }

    /// <summary>Lets time pass until the condition holds; false when it did not within the time.</summary>
    public async ValueTask<bool> RunUntil(Func<bool> condition, TimeSpan timeout)
    {
        var holds = await Advance(condition, Now + timeout);
        _place = Now;
        return holds;
    }

    /// <summary>
    /// Lets time pass to a place in the run as <see cref="SessionNote"/> names it. Where the run has come to that place
    /// already, nothing is worked off: what was told without a pause is to be told so again.
    /// </summary>
    /// <param name="steps">Null: the time alone counts.</param>
    internal async ValueTask RunToPlace(TimeSpan at, long? steps, Func<bool>? enough)
    {
        if (Now >= at && (steps is not { } there || Steps >= there)) return;
        await Advance(() => enough?.Invoke() == true || (steps is { } place && Now >= at && Steps >= place), at);
    }

    /// <summary>
    /// What other threads brought before an act reaches its machine before it. Expectations count it as behind the act:
    /// the host may have been slow to act.
    /// </summary>
    private async ValueTask TakeWhatCame()
    {
        _world.Loop.Enter();
        if (_host is not null) _world.Loop.CatchUp(_host.Clock.Now);
        _asked = Session.Total;
        if (_host is not null) await _host.Advance(null, _world.Loop.Now);
    }

    private async ValueTask<bool> Advance(Func<bool>? condition, TimeSpan deadline)
    {
        if (_performing) throw new InvalidOperationException("a scheduled act cannot let time pass");
        _world.Loop.Enter();
        while (true)
        {
            var next = _pending.Next is { } due && due <= deadline ? due : deadline;
            var isEnough = false;
            bool Watched()
            {
                isEnough = condition?.Invoke() == true;
                return isEnough || _pending.Next < next;
            }

            // What is to be done behind an event that has come is done before more time passes.
            var reacts = _reactions.Count > 0 || _lines.MaySplit;
            var watched = reacts ? Watched : condition;
            var holds = _host is null ? _world.Loop.Advance(watched, next) : await _host.Advance(watched, next);
            if (isEnough || (holds && !reacts)) return true;
            if (holds) continue;
            if (_pending.Next is not { } ready || ready > deadline) return false;
            await Perform(_pending.Take());
        }
    }

    private async ValueTask Perform(PendingActs.Item pending)
    {
        _performing = true;
        _isConsequence = pending is not PendingActs.Given;
        try
        {
            switch (pending)
            {
                case PendingActs.Packet packet:
                    Follow(packet);
                    break;
                case PendingActs.Count count:
                    await Count(count);
                    break;
                case PendingActs.Late late:
                    late.Line.Count--;
                    late.Pass(late.Bytes);
                    _world.Loop.Settle();
                    break;
                case PendingActs.Wait wait:
                    Await(wait);
                    break;
                case PendingActs.Ending ending:
                    End(ending.Of);
                    break;
                case PendingActs.Given given:
                    await Do(given.Act);
                    break;
                default:
                    await Do(((PendingActs.Consequence)pending).Act);
                    break;
            }
        }
        finally
        {
            _performing = _isConsequence = false;
        }
    }
}
