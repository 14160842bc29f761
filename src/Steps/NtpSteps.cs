using System.ComponentModel;
using AirHil.Modem;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Service)]
[Description("Time servers.")]
public sealed class NtpSteps(BenchDriver driver)
{
    /// <summary>Where LuatOS V1112 asks, in its order (luat_sntp.c).</summary>
    private static readonly string[] Usual = ["ntp.aliyun.com", "ntp.ntsc.ac.cn", "time1.cloud.tencent.com"];

    [BehaviorArgument(Before = "ntp://")]
    [Given("the NTP server {string} is {string}")]
    [When("the NTP server {string} is {string}")]
    [Description("`right`, `silent`, or how far off, such as `3 years ahead` or `90 s behind`.")]
    public void GivenServer(string host, string state) => Add(host, state);

    [Given("the usual NTP servers are {string}")]
    [When("the usual NTP servers are {string}")]
    [Description("The three that the firmware asks where the script names none.")]
    public void GivenUsual(string state)
    {
        foreach (var host in Usual) Add(host, state);
    }

    private void Add(string host, string state) =>
        driver.Bench.AddService(EndpointText.Parse(ServiceUrl.Parse("ntp://" + host), state));
}
