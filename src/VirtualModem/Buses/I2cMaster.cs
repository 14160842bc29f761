using AirHil.Lua.Run;
using AirHil.Modem.Buses;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Buses;

/// <summary>A master of I2C: one of the two of the chip, or one that the binding drives by pins.</summary>
internal abstract class I2cMaster(Board board, IProcessor cpu, BusLink link, BusWires wires, PinWires pins)
{
    private static readonly BusAnswer.I2c Nobody = new(-1, default);

    /// <summary>As devices name it (<see cref="DeviceSpot"/>).</summary>
    public abstract string Bus { get; }

    /// <summary>The pins of clock and data.</summary>
    protected abstract (int Clock, int Data) Lines { get; }

    /// <summary>The code that the driver returns for a result that is not ok.</summary>
    public abstract int CodeOf(I2cResult result);

    /// <summary>Does a transaction, and takes its time of the processor.</summary>
    public IEnumerable<NativeStep> Run(I2cTransaction transaction)
    {
        var answer = Idle(transaction);
        if (!IsReady)
        {
            transaction.Result = I2cResult.Nack;
        }
        else if (!CanWork)
        {
            Finish(transaction, answer, I2cResult.Timeout);
        }
        else
        {
            if (Reaches(transaction.Address) && wires.HasI2c(Bus))
            {
                yield return link.Ask(new BusRequest.I2c(
                    Bus, transaction.Address & 0x7F, transaction.Written, transaction.Count));
                answer = link.Answer<BusAnswer.I2c>();
            }

            var acknowledged = answer.Taken >= (transaction.Written?.Length ?? 0);
            var result = acknowledged ? I2cResult.Ok : I2cResult.Nack;
            if (answer.Held > (transaction.RunsBeside ?? HoldLimit)) result = I2cResult.Timeout;
            Finish(transaction, answer, result);
        }

        if (transaction.RunsBeside is null) Ended(transaction);
    }

    /// <summary>What the lines say where no device does anything.</summary>
    protected virtual BusAnswer.I2c Idle(I2cTransaction transaction) => Nobody;

    /// <summary>How long a device may hold the clock.</summary>
    protected abstract TimeSpan HoldLimit { get; }

    /// <summary>Whether this address goes on the wire as it is.</summary>
    protected abstract bool Reaches(int address);

    /// <summary>Whether it drives the bus at all.</summary>
    protected virtual bool IsReady => true;

    /// <summary>Whether the master gets as far as the address.</summary>
    protected virtual bool CanWork =>
        pins.HoldOf(Lines.Clock) != PinHold.Low && pins.HoldOf(Lines.Data) != PinHold.Low;

    /// <summary>The time of a transaction.</summary>
    /// <param name="written">Bytes that left, without addresses.</param>
    /// <param name="read">Bytes that came.</param>
    /// <param name="addresses">Addresses that were sent.</param>
    protected abstract TimeSpan TimeOf(int addresses, int written, int read, I2cResult result);

    /// <summary>A transaction has ended; what the driver says of it.</summary>
    protected virtual void Ended(I2cTransaction transaction)
    {
    }

    private void Finish(I2cTransaction transaction, BusAnswer.I2c answer, I2cResult result)
    {
        var all = transaction.Written?.Length ?? 0;
        var isOk = result == I2cResult.Ok;
        transaction.Result = result;
        if (transaction.Count is { } count)
        {
            transaction.Read = new byte[count];
            if (isOk)
            {
                transaction.Read.AsSpan().Fill(0xFF);
                answer.Read.Span[..Math.Min(count, answer.Read.Length)].CopyTo(transaction.Read);
            }
        }

        var left = isOk ? all : Math.Min(all, answer.Taken + 1);
        var addresses = isOk && transaction is { Written: not null, Count: not null } ? 2 : 1;
        var took = TimeOf(addresses, Math.Max(left, 0), isOk ? transaction.Count ?? 0 : 0, result)
            + (result == I2cResult.Timeout ? TimeSpan.Zero : answer.Held);
        transaction.Took = took;
        // Not "? null : …" alone: that null would be an empty memory.
        ReadOnlyMemory<byte>? read = null;
        if (transaction.Count is not null) read = isOk ? transaction.Read : ReadOnlyMemory<byte>.Empty;
        board.Emit(new ModemReport.I2cTransferred(
            Bus, transaction.Address & 0x7F, transaction.Written, read, result, took));
        if (transaction.RunsBeside is null) cpu.Take(took);
    }
}
