namespace AirHil.Board.Lease;

/// <summary>A board is in use; the message says by whom and what to do.</summary>
public sealed class BoardHeldException(string board, LeaseHolder holder)
    : Exception(
        $"the board '{board}' is held by {holder}\nwait for it with a longer leaseWait in the bench file, or end that "
            + "process"
            + (holder.ProcessId == 0 ? "" : $" (kill {holder.ProcessId}); the board is free at once"));
