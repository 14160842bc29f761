using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Mqtt;

/// <summary>A message of the broker on its way to Lua; until then it lies on the system heap.</summary>
internal sealed class MqttMessage
{
    private const int HeaderBytes = 8;

    private readonly SystemHeap _heap;

    private MqttMessage(SystemHeap heap, byte[] topic, byte[] payload, byte firstByte, ushort id)
    {
        _heap = heap;
        FirstByte = firstByte;
        Id = id;
        Topic = topic;
        Payload = payload;
    }

    public byte[] Topic { get; }
    public byte[] Payload { get; }

    /// <summary>The first byte of its packet: type and flags.</summary>
    public byte FirstByte { get; }

    /// <summary>What stands where a packet with QoS 1 or 2 has its id.</summary>
    public ushort Id { get; }

    /// <summary>Null: the heap has no room.</summary>
    public static MqttMessage? TryKeep(
        SystemHeap heap, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte firstByte, ushort id) =>
        heap.TryAllocate(HeaderBytes + topic.Length + payload.Length)
            ? new MqttMessage(heap, topic.ToArray(), payload.ToArray(), firstByte, id)
            : null;

    public void Free() => _heap.Free(HeaderBytes + Topic.Length + Payload.Length);
}
