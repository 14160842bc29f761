using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Power;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Storage;
using AirHil.VirtualModem.Storage.Littlefs;

namespace AirHil.VirtualModem.Firmware;

/// <summary>What a module keeps over resets, and of that what it keeps without a supply.</summary>
internal sealed class RetainedState(ModemParameters parameters)
{
    private StoredFlash? _stored;

    /// <summary>Flash: survives everything.</summary>
    public LittlefsVolume Flash { get; } = new(parameters.FileSystemBytes / BlockChain.BlockBytes);

    /// <summary>Flash: the key-value store.</summary>
    public KeyValueStore KeyValues { get; } = new();

    /// <summary>The rig's way to both.</summary>
    public StoredFlash Stored => _stored ??= new StoredFlash(Flash, KeyValues);

    /// <summary>Belongs to the bench: what it watches of the files and of the flash.</summary>
    public WatchedStorage Watch { get; } = new();

    /// <summary>Flash: pm.power(pm.PWK_MODE, …).</summary>
    public byte PowerKeyMode { get; set; }

    /// <summary>Flash: an update was accepted, and no start has come yet that takes it.</summary>
    public bool HasUpdate { get; set; }

    /// <summary>Flash: what the otp library reads and locks.</summary>
    public SecurityRegisters Otp { get; } = new();

    /// <summary>Flash: the radio's bands of mobile.setBand; null: all that it supports.</summary>
    public byte[]? Bands { get; set; }

    /// <summary>Flash: whether the next start takes <see cref="Bands"/> for deleted (CONF_RESET_TO_FACTORY).</summary>
    public bool ForgetsBands { get; set; }

    /// <summary>The radio's software starts and reads what it has saved.</summary>
    public void StartRadio()
    {
        if (ForgetsBands) Bands = null;
        ForgetsBands = false;
    }

    /// <summary>The always-on domain: lost with the supply.</summary>
    public Calendar Calendar { get; } = new(parameters);

    /// <summary>The always-on domain: when the timers of pm expire. A reset stops them, a sleep does not.</summary>
    public TimeSpan?[] DeepTimers { get; } = new TimeSpan?[DeepSleepTimers.Last + 1];

    /// <summary>Belongs to the bench: the SIM card.</summary>
    public SimHolder Sim { get; } = new();

    /// <summary>Belongs to the bench: the USB socket.</summary>
    public UsbPower Usb { get; } = new();

    /// <summary>Belongs to the bench: what is connected to the pins.</summary>
    public PinWires Wires { get; } = new();

    /// <summary>Belongs to the bench: where devices are connected to the buses.</summary>
    public BusWires Buses { get; } = new();

    /// <summary>Belongs to the bench: what the analogue inputs see.</summary>
    public AnalogWires Analog { get; } = new(parameters);

    /// <summary>From now on commits take their time.</summary>
    /// <param name="taken">Takes a time, and gives the run's time behind it.</param>
    /// <param name="committed">Hears when each commit is done; null: nobody does.</param>
    public void ProgramBy(Func<TimeSpan, TimeSpan> taken, Action<TimeSpan>? committed)
    {
        Flash.Committing = () => Commit(parameters.FlashCommitTime);
        KeyValues.Committing = () => Commit(parameters.KeyCommitTime);

        TimeSpan Commit(TimeSpan takes)
        {
            var done = taken(takes);
            Stored.Done = done;
            Watch.Written(done - takes, takes);
            committed?.Invoke(done);
            return done;
        }
    }

    /// <summary>The chip stops at this time, for any reason: what the flash does not have by then is lost.</summary>
    public void StopAt(TimeSpan time)
    {
        Flash.StopAt(time);
        KeyValues.StopAt(time);
        Watch.Opened(0);
    }

    /// <summary>Belongs to the simulation, not to the module: numbers never repeat.</summary>
    public AirCounters Counters { get; } = new();
}
