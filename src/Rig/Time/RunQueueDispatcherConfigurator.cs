using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace AirHil.Rig.Time;

/// <summary>
/// Selected by <c>type</c> in a dispatcher's HOCON: all its mailboxes run in the world's <see cref="RunQueue"/>.
/// </summary>
public sealed class RunQueueDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly RunQueueDispatcher _instance;

    public RunQueueDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _instance = new RunQueueDispatcher(this, config.GetString("id"), config.GetInt("throughput", 1));

    public override MessageDispatcher Dispatcher() => _instance;

    private sealed class RunQueueDispatcher : MessageDispatcher
    {
        private readonly RunQueue _queue;

        public RunQueueDispatcher(MessageDispatcherConfigurator configurator, string id, int throughput)
            : base(configurator)
        {
            Id = id;
            Throughput = throughput;
            ShutdownTimeout = TimeSpan.FromSeconds(1);
            _queue = ((VirtualTimeScheduler)configurator.Prerequisites.Scheduler).RunQueue;
        }

        // ExecuteTask is too late to catch a foreign thread: a message into a mailbox that is scheduled already never
        // gets there, yet its place in the mailbox is a race.
        public override void Dispatch(ActorCell cell, Envelope envelope)
        {
            _queue.Check(envelope.Message);
            base.Dispatch(cell, envelope);
        }

        public override void SystemDispatch(ActorCell cell, SystemMessage message)
        {
            _queue.Check(message);
            base.SystemDispatch(cell, message);
        }

        protected override void ExecuteTask(IRunnable run) => _queue.Enqueue(run);

        protected override void Shutdown()
        {
        }
    }
}
