using System.ComponentModel;
using System.Globalization;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Disk)]
[Description("The module's file system. What is in it outlives resets and power cuts.")]
public sealed class DiskSteps(BenchDriver driver)
{
    [Given("the disk has {int} KB left")]
    [When("the disk has {int} KB left")]
    [Description("It is filled with something that scripts do not see. A block has 4 KB.")]
    public async ValueTask Left(int kilobytes) => await driver.Act().Do(new FillDisk(Amount.Kilobytes(kilobytes)));

    [Needs(Capability.Power)]
    [When("power is cut during the next write")]
    [Description("Of a file or a key: in the middle of it, whenever it comes.")]
    public async ValueTask CutAtWrite() => await driver.Act().Do(new CutAtWrite());

    [Needs(Capability.Power)]
    [When("power is cut during the next write for {duration}")]
    [Description("The supply comes again by itself.")]
    public async ValueTask CutAtWriteFor(TimeSpan duration) => await driver.Act().Do(new CutAtWrite(duration));

    [Then("at most {int} file(s) is/are open")]
    [Description("Now, by the script: io.open without close. 16 can be; a reset closes them.")]
    public async ValueTask AtMostOpen(int most)
    {
        await driver.Act().Do(new WatchStorage(StorageWatch.OpenFiles));
        var open = driver.Bench.Events.OfType<FilesOpen>().LastOrDefault()?.Count ?? 0;
        if (open <= most) return;
        throw new StepException(string.Create(
            CultureInfo.InvariantCulture,
            $"expected at most {most} open files; there are {open}. A file stays open until the script calls close()"));
    }

    [Then("at most {int} file(s) is/are open for {duration}")]
    public async ValueTask AtMostOpenFor(int most, TimeSpan during)
    {
        await AtMostOpen(most);
        await driver.Bench.ExpectNot(
            Match.Where(
                string.Create(CultureInfo.InvariantCulture, $"more than {most} files to be open"),
                s => s.Event is FilesOpen files && files.Count > most),
            during);
    }

    [Given("{int} block(s) of the disk are worn out")]
    [When("{int} block(s) of the disk wear out")]
    [Description("Of 72 blocks of 4 KB. littlefs takes others in their place, as long as there are some.")]
    public async ValueTask WearOut(int blocks) => await driver.Act().Do(new WearDisk(Amount.Blocks(blocks)));
}
