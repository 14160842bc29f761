using System.CommandLine;
using AirHil.Board.BenchFile;
using AirHil.Board.Ports;
using AirHil.Cli.Usage;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>Options that the commands of `airhil bench` share.</summary>
internal static class BenchArguments
{
    public static Option<string?> File() => new("--bench")
    {
        Description = $"The bench file; {BenchFilePlace.FileName} here or above, or the user's own, if left out.",
        HelpName = "FILE",
    };

    /// <summary>Where the tree of USB devices is looked for; of use with an emulated board alone.</summary>
    public static Option<string?> Root() => new("--usb-root")
    {
        Description = "The folder with sys and dev in it, as of an emulated board; / if left out.",
        HelpName = "DIR",
    };

    public static Argument<string?> Name(string description) => new("NAME")
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <exception cref="UsageException">There is no such folder.</exception>
    public static UsbTopology Usb(string? root) =>
        root is null ? UsbTopology.System
        : Directory.Exists(root) ? new UsbTopology(Path.GetFullPath(root))
        : throw new UsageException($"--usb-root: there is no folder '{root}'");
}
