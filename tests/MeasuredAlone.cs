namespace AirHil.Tests;

/// <summary>What measures the memory of the process runs beside nothing else.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
