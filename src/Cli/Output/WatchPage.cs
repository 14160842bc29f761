using AirHil.Cli.Streams;
using AirHil.Cli.Usage;
using AirHil.Live.View;

namespace AirHil.Cli.Output;

/// <summary>The live view of --watch.</summary>
internal sealed class WatchPage : IAsyncDisposable
{
    private readonly Terminal _terminal;

    private WatchPage(Terminal terminal, LiveView view) => (_terminal, View) = (terminal, view);

    public LiveView View { get; }

    /// <summary>Begins to serve and says where; null: it is not wanted.</summary>
    /// <exception cref="UsageException">The port is in use.</exception>
    public static async Task<WatchPage?> OpenAsync(
        Terminal terminal, int? port, string title, string target, ulong seed)
    {
        if (port is not { } wanted) return null;
        try
        {
            var view = await LiveView.StartAsync(
                wanted, new LiveViewOptions { Title = title, Target = target, Seed = seed });
            terminal.Error.WriteLine($"watch it at {view.Address}");
            return new WatchPage(terminal, view);
        }
        catch (IOException e)
        {
            throw new UsageException($"--watch: {e.Message}");
        }
    }

    /// <summary>On a terminal, the page stays until Ctrl-C; in a pipe it ends with the run.</summary>
    public async Task StayAsync(CancellationToken cancel)
    {
        if (_terminal.IsErrorRedirected || _terminal.IsInputRedirected) return;
        _terminal.Error.WriteLine($"the page at {View.Address} stays until Ctrl-C");
        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public ValueTask DisposeAsync() => View.DisposeAsync();
}
