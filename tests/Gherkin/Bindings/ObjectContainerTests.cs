using AirHil.Gherkin.Bindings;
using Reqnroll.BoDi;

namespace AirHil.Gherkin.Tests.Bindings;

public sealed class ObjectContainerTests
{
    private interface IClock;

    [Fact]
    public void A_class_is_created_once_with_what_its_constructor_takes()
    {
        var container = new ObjectContainer();
        container.RegisterInstanceAs(new List<string>());
        var car = container.Resolve<Car>();
        car.ShouldBeSameAs(container.Resolve<Car>());
        car.Engine.ShouldBeSameAs(container.Resolve<Engine>());
    }

    [Fact]
    public async Task Disposal_runs_in_reverse_order_of_creation_and_goes_on_after_an_error()
    {
        var container = new ObjectContainer();
        var log = new List<string>();
        container.RegisterInstanceAs(log);
        container.Resolve<Car>();
        var error = await Should.ThrowAsync<InvalidOperationException>(async () => await container.DisposeAsync());
        error.Message.ShouldBe("the car");
        log.ShouldBe(["car", "engine"]);
        await container.DisposeAsync();
        log.Count.ShouldBe(2);
        Should.Throw<ObjectDisposedException>(() => container.Resolve<Engine>());
    }

    [Fact]
    public async Task A_registered_instance_is_disposed_of_only_on_request()
    {
        var log = new List<string>();
        var container = new ObjectContainer();
        container.RegisterInstanceAs(new Engine(log));
        await container.DisposeAsync();
        log.ShouldBeEmpty();
        container = new ObjectContainer();
        container.RegisterInstanceAs(new Engine(log), dispose: true);
        await container.DisposeAsync();
        log.ShouldBe(["engine"]);
    }

    [Fact]
    public void A_child_sees_what_the_parent_registered_but_creates_classes_of_its_own()
    {
        var parent = new ObjectContainer();
        var list = new List<string>();
        parent.RegisterInstanceAs(list);
        var engine = parent.Resolve<Engine>();
        var child = new ObjectContainer(parent);
        child.Resolve<List<string>>().ShouldBeSameAs(list);
        child.Resolve<Engine>().ShouldNotBeSameAs(engine);
        child.IsRegistered<List<string>>().ShouldBeTrue();
        child.IsRegistered<Engine>().ShouldBeFalse();
    }

    [Fact]
    public void Names_types_and_factories_are_registrations_too()
    {
        var container = new ObjectContainer();
        container.RegisterInstanceAs("one", "first");
        container.RegisterTypeAs<Clock, IClock>();
        container.RegisterFactoryAs(one => new List<string> { one.Resolve<string>("first") });
        container.Resolve<string>("first").ShouldBe("one");
        container.Resolve<IClock>().ShouldBeSameAs(container.Resolve<Clock>());
        container.Resolve<List<string>>().ShouldBe(["one"]);
        container.Resolve<List<string>>().ShouldBeSameAs(container.Resolve<List<string>>());
    }

    [Theory]
    [InlineData(typeof(IClock), "IClock: nothing is registered")]
    [InlineData(typeof(NeedsClock), "NeedsClock -> IClock: nothing is registered")]
    [InlineData(typeof(Egg), "Egg -> Hen -> Egg: it needs itself")]
    [InlineData(typeof(TwoWays), "TwoWays: its longest constructor is not the only one")]
    public void What_cannot_be_given_is_an_error_with_the_chain(Type type, string message) =>
        Should.Throw<ObjectContainerException>(() => new ObjectContainer().Resolve(type))
            .Message.ShouldContain(message);

    [Fact]
    public void Registering_after_the_type_was_given_out_is_an_error()
    {
        var container = new ObjectContainer();
        container.Resolve<Clock>();
        Should.Throw<ObjectContainerException>(() => container.RegisterInstanceAs(new Clock()));
    }

    private sealed class Clock : IClock;

    private sealed class NeedsClock(IClock clock)
    {
        public IClock Clock { get; } = clock;
    }

    private sealed class Egg(Hen hen)
    {
        public Hen Hen { get; } = hen;
    }

    private sealed class Hen(Egg egg)
    {
        public Egg Egg { get; } = egg;
    }

    private sealed class TwoWays
    {
        public TwoWays(Clock clock) => clock.ShouldNotBeNull();

        public TwoWays(Engine engine) => engine.ShouldNotBeNull();
    }

    private sealed class Engine(List<string> log) : IDisposable
    {
        public void Dispose() => log.Add("engine");
    }

    private sealed class Car(Engine engine, List<string> log) : IAsyncDisposable
    {
        public Engine Engine { get; } = engine;

        public ValueTask DisposeAsync()
        {
            log.Add("car");
            throw new InvalidOperationException("the car");
        }
    }
}
