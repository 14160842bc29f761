using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Messages;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Identity)]
[Description(
    "The numbers that are the module's own. Without these steps they come from the run's seed. A script sees them " +
    "from the next start on. A board has its own, so that such scenarios are skipped there.")]
public sealed class IdentitySteps(BenchDriver driver)
{
    [Given("the module's IMEI is {string}")]
    [Description("15 digits, of which the last one is the check digit.")]
    public async ValueTask Imei(string imei) =>
        await driver.Act().Do(new LabelModule(ModuleLabel.Checked(ModuleNumber.Imei, imei)));

    [Given("the module's numbers are:")]
    [Description(
        "A table with the columns `field` and `value`: IMEI, serial number (mobile.sn), MUID (mobile.muid), unique " +
        "id (mcu.unique_id, 20 hexadecimal digits).")]
    public async ValueTask Numbers(DataTable fields)
    {
        foreach (var label in Labels.Module(fields)) await driver.Act().Do(new LabelModule(label));
    }
}
