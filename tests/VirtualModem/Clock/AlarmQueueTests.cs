using AirHil.VirtualModem.Clock;

using CsCheck;

namespace AirHil.VirtualModem.Tests.Clock;

public class AlarmQueueTests
{
    [Fact]
    public void Alarms_expire_by_time_and_then_in_the_order_in_which_they_were_set() =>
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 9], Gen.Bool).Array[1, 200].Sample(steps =>
        {
            var queue = new AlarmQueue();
            var fired = new List<int>();
            var alarms = Enumerable.Range(0, 20).Select(i => new Alarm(queue, () => fired.Add(i))).ToArray();
            var model = new Dictionary<int, (int Due, int Order)>();
            var order = 0;
            foreach (var (index, due, cancel) in steps)
            {
                if (cancel)
                {
                    alarms[index].Cancel();
                    model.Remove(index);
                }
                else
                {
                    alarms[index].Set(TimeSpan.FromSeconds(due));
                    model[index] = (due, ++order);
                }
            }

            while (queue.TryTakeDue(TimeSpan.MaxValue, out var alarm)) alarm.Expire();
            var expected = model.OrderBy(entry => entry.Value).Select(entry => entry.Key);
            return fired.SequenceEqual(expected) && queue.Count == 0;
        });

    [Fact]
    public void Nothing_expires_early()
    {
        var queue = new AlarmQueue();
        new Alarm(queue, () => { }).Set(TimeSpan.FromSeconds(2));
        queue.TryTakeDue(TimeSpan.FromSeconds(1), out _).ShouldBeFalse();
        queue.NextDue.ShouldBe(TimeSpan.FromSeconds(2));
    }
}
