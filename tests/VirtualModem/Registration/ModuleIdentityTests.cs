using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Tests.Registration;

public class ModuleIdentityTests
{
    [Fact]
    public void An_imei_has_the_range_of_the_module_and_a_valid_check_digit()
    {
        for (var seed = 0UL; seed < 100; seed++)
        {
            var imei = ModuleIdentity.FromSeed(seed).Imei;
            imei.Length.ShouldBe(15);
            imei.ShouldStartWith("8677130");
            var sum = 0;
            for (var i = 0; i < 15; i++)
            {
                var digit = (imei[i] - '0') * (i % 2 == 1 ? 2 : 1);
                sum += (digit / 10) + (digit % 10);
            }

            (sum % 10).ShouldBe(0, imei);
        }
    }

    [Fact]
    public void The_seed_fixes_the_identity()
    {
        ModuleIdentity.FromSeed(7).Imei.ShouldBe(ModuleIdentity.FromSeed(7).Imei);
        ModuleIdentity.FromSeed(7).Imei.ShouldNotBe(ModuleIdentity.FromSeed(8).Imei);
    }
}
