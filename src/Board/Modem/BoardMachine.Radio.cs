using System.Text;
using AirHil.Board.Identity;
using AirHil.Board.Log;
using AirHil.Modem.Messages;

namespace AirHil.Board.Modem;

/// <summary>Coverage, by the rig's agent in the script: it obeys lines on a UART and answers in the log.</summary>
internal sealed partial class BoardMachine
{
    private const int MostRadioOrders = 3;

    private bool _isCovered = true;
    private bool _isRadioOn = true;
    private bool _agentHasSpoken;
    private int _radioOrders;
    private TimeSpan? _radioDue;

    /// <summary>After a start the radio is on, and the agent has yet to say that it is there.</summary>
    private void BeginRadio()
    {
        (_isRadioOn, _agentHasSpoken, _radioOrders, _radioDue) = (true, false, 0, null);
    }

    private void SwitchRadio(bool covered, TimeSpan now)
    {
        if (_board.Radio is not { } radio || covered == _isCovered || _life is Life.Muted or Life.Lost) return;
        _isCovered = covered;
        _radioOrders = 0;
        if (radio.Agent == BoardLine.Log || !_lines.ContainsKey(radio.Agent))
        {
            Notice($"the radio stays as it is: its agent listens on UART {radio.Agent}, which the bench file does not "
                + "list");
            return;
        }

        // Until the script has started there is nobody who would read the order.
        _radioDue = _agentHasSpoken ? now : now + _timings.AgentLimit;
        OrderRadio(now);
    }

    /// <summary>Sends the order, and again while the agent does not answer.</summary>
    private void OrderRadio(TimeSpan now)
    {
        if (_radioDue is null || _radioDue > now) return;
        _radioDue = null;
        if (_isRadioOn == _isCovered || _life is Life.Muted or Life.Lost) return;
        var order = _isCovered ? "airhil radio on" : "airhil radio off";
        if (_radioOrders == MostRadioOrders)
        {
            Notice($"the agent on UART {_board.Radio!.Agent} has not answered '{order}' {MostRadioOrders} times: does "
                + "the script start airhil.lua on that UART?");
            return;
        }

        // An order begins a line; what was written before may not have ended one.
        var text = (_radioOrders++ == 0 ? "" : "\n") + order + "\n";
        Send(_lines[_board.Radio!.Agent], Encoding.ASCII.GetBytes(text), now);
        _radioDue = now + Host(_timings.AgentAnswer);
    }

    private void HearAgent(ModemReport.LogLine line, TimeSpan now)
    {
        if (_board.Radio is null || !LogLineKinds.TryReadUser(line.Text, out _, out var tag, out var text)
            || tag != ScriptHash.LogTag)
        {
            return;
        }

        if (text is "radio on" or "radio off") _isRadioOn = text == "radio on";
        if (_isRadioOn == _isCovered) _radioDue = null;
        else if (!_agentHasSpoken) _radioDue = now;
        _agentHasSpoken = true;
    }
}
