using System.CommandLine;
using AirHil.Cli.Usage;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Cli.Targets;

/// <summary>The option that chooses the virtual module's firmware.</summary>
internal static class FirmwareOption
{
    public static Option<string?> Create() => new("--firmware")
    {
        Description = "The virtual module's firmware: V1112 (the default), V1113, V1114, V1115, V1116, V1118 or V1120.",
        HelpName = "VERSION",
    };

    /// <summary>The release, such as 1114; null: the command line names none.</summary>
    /// <exception cref="UsageException">There is no such release.</exception>
    public static int? Read(string? text)
    {
        try
        {
            return text is null ? null : FirmwareRelease.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--firmware: {e.Message}");
        }
    }
}
