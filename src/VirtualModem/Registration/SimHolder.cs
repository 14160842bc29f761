using AirHil.Modem.Messages;

namespace AirHil.VirtualModem.Registration;

/// <summary>The SIM card in its holder, with the state of its PIN; it outlives resets and power cuts.</summary>
internal sealed class SimHolder
{
    /// <summary>LUAT_SIM_PIN_VERIFY and the following.</summary>
    private const int Verify = 0;

    private const int Change = 1;
    private const int Enable = 2;
    private const int Disable = 3;
    private const int Tries = 3;

    private string? _pin;
    private string? _disabledPin;
    private int _triesLeft = Tries;

    /// <summary>Null: the holder is empty.</summary>
    public SimCard? Card { get; private set; } = new();

    /// <summary>Whether the card asks for its PIN when it starts.</summary>
    public bool AsksForPin => _pin is not null;

    public void Put(SimCard? card) => (Card, _pin, _disabledPin, _triesLeft) = (card, card?.Pin, null, Tries);

    /// <summary>
    /// An operation of mobile.simPin. A wrong PIN costs one of three tries; after them the card asks for a PUK, which
    /// this one has not.
    /// </summary>
    /// <returns>Whether the card accepts it.</returns>
    public bool Operate(int operation, string pin, string newPin)
    {
        var known = _pin ?? _disabledPin;
        if (operation is < Verify or > Disable || _triesLeft == 0 || known is null) return false;
        if (pin != known)
        {
            _triesLeft--;
            return false;
        }

        _triesLeft = Tries;
        switch (operation)
        {
            case Change:
                if (_pin is null) return false;
                _pin = newPin;
                break;
            case Enable:
                (_pin, _disabledPin) = (known, null);
                break;
            case Disable:
                (_pin, _disabledPin) = (null, known);
                break;
        }

        return true;
    }
}
