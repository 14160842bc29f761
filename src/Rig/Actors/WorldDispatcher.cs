using Akka.Configuration;
using Akka.Dispatch;

namespace AirHil.Rig.Actors;

/// <summary>
/// The thread of one world's actor. It sleeps as soon as there is nothing to do. The thread of Akka's pinned dispatcher
/// looks for work some hundred times before it sleeps, and takes that time from the other worlds (decision 012).
/// </summary>
internal sealed class WorldDispatcher : MessageDispatcher
{
    private readonly Queue<IRunnable> _tasks = new();
    private Thread? _thread;
    private bool _ended;

    private WorldDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
    }

    protected override void ExecuteTask(IRunnable run)
    {
        lock (_tasks)
        {
            _tasks.Enqueue(run);
            Monitor.Pulse(_tasks);
            if (_thread is not null) return;
            _thread = new Thread(Work) { IsBackground = true, Name = "world" };
            _thread.Start();
        }
    }

    protected override void Shutdown()
    {
        lock (_tasks)
        {
            _ended = true;
            Monitor.Pulse(_tasks);
        }
    }

    private void Work()
    {
        while (Next() is { } task) task.Run();
    }

    /// <returns>Null: its actor has ended.</returns>
    private IRunnable? Next()
    {
        lock (_tasks)
        {
            IRunnable? task;
            while (!_tasks.TryDequeue(out task) && !_ended) Monitor.Wait(_tasks);
            return task;
        }
    }

    /// <summary>Gives each actor a dispatcher of its own.</summary>
    internal sealed class OnePerActor(Config config, IDispatcherPrerequisites prerequisites)
        : MessageDispatcherConfigurator(config, prerequisites)
    {
        public override MessageDispatcher Dispatcher() => new WorldDispatcher(this);
    }
}
