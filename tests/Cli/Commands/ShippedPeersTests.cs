using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands;

/// <summary>A feature names a shipped peer without a path, also where the command is installed as a tool.</summary>
public sealed class ShippedPeersTests
{
    [Fact]
    public void The_peers_are_beside_the_command()
    {
        var there = Path.Combine(Path.GetDirectoryName(typeof(AirhilCommand).Assembly.Location)!, "fixtures", "peers");
        var shipped = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "fixtures", "peers"));
        shipped.ShouldContain(path => Path.GetFileName(path) == "modbus-slave.lua");
        foreach (var path in shipped)
        {
            File.ReadAllText(Path.Combine(there, Path.GetFileName(path))).ShouldBe(File.ReadAllText(path));
        }
    }
}
