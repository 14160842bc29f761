using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
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

    [Given("{int} block(s) of the disk are worn out")]
    [When("{int} block(s) of the disk wear out")]
    [Description("Of 72 blocks of 4 KB. littlefs takes others in their place, as long as there are some.")]
    public async ValueTask WearOut(int blocks) => await driver.Act().Do(new WearDisk(Amount.Blocks(blocks)));
}
