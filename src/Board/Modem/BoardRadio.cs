using System.Text;
using AirHil.Board.Identity;
using AirHil.Board.Log;
using AirHil.Modem.Messages;

namespace AirHil.Board.Modem;

/// <summary>Coverage, by the rig's agent in the script: it obeys lines on a UART and answers in the log.</summary>
internal sealed class BoardRadio(BoardState state, BoardLines lines)
{
    private const int MostOrders = 3;

    private bool _isCovered = true;
    private bool _isOn = true;
    private bool _agentHasSpoken;
    private int _orders;

    /// <summary>After a start the radio is on, and the agent has yet to say that it is there.</summary>
    public void BeginStart()
    {
        (_isCovered, _isOn, _agentHasSpoken, _orders) = (true, true, false, 0);
        state.Timers.Stop(BoardTimer.Radio);
    }

    /// <summary>Coverage begins or ends now.</summary>
    public void Switch(bool covered, TimeSpan now)
    {
        if (state.Board.Radio is not { } radio || covered == _isCovered || IsAway) return;
        _isCovered = covered;
        _orders = 0;
        if (!lines.HasUart(radio.Agent))
        {
            state.Notice($"the radio stays as it is: its agent listens on UART {radio.Agent}, which the bench file "
                + "does not list");
            return;
        }

        // Until the script has started there is nobody who would read the order.
        state.Timers.Set(BoardTimer.Radio, _agentHasSpoken ? now : now + state.Timings.AgentLimit);
        HandleTimeout(now);
    }

    /// <summary>Sends the order, and again while the agent does not answer.</summary>
    public void HandleTimeout(TimeSpan now)
    {
        if (!state.Timers.TryExpire(BoardTimer.Radio, now) || _isOn == _isCovered || IsAway) return;
        var agent = state.Board.Radio!.Agent;
        var order = _isCovered ? "airhil radio on" : "airhil radio off";
        if (_orders == MostOrders)
        {
            state.Notice($"the agent on UART {agent} has not answered '{order}' {MostOrders} times: does the script "
                + "start airhil.lua on that UART?");
            return;
        }

        // An order begins a line; what was written before may not have ended one.
        var text = (_orders++ == 0 ? "" : "\n") + order + "\n";
        lines.Send(lines[agent], Encoding.ASCII.GetBytes(text), now);
        state.Timers.Set(BoardTimer.Radio, now + state.Host(state.Timings.AgentAnswer));
    }

    /// <summary>Takes the next line of the log.</summary>
    public void Hear(ModemReport.LogLine line, TimeSpan now)
    {
        if (state.Board.Radio is null || !UserLine.TryRead(line.Text, out _, out var tag, out var text)
            || tag != ScriptHash.LogTag)
        {
            return;
        }

        if (text is "radio on" or "radio off") _isOn = text == "radio on";
        if (_isOn == _isCovered) state.Timers.Stop(BoardTimer.Radio);
        else if (!_agentHasSpoken) state.Timers.Set(BoardTimer.Radio, now);
        _agentHasSpoken = true;
    }

    private bool IsAway => state.Life is BoardLife.Muted or BoardLife.Lost;
}
