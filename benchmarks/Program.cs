using AirHil.Benchmarks;

// dotnet run -c Release --project benchmarks [-- whole-process | lua | weight | sessions [EVENTS] | hunts | mutations]
var what = args.Length > 0 ? args[0] : "all";
Console.WriteLine(
    $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, " +
    $"{(IsRelease() ? "Release" : "Debug: figures mean little")}");
if (what is "all" or "whole-process") WholeProcess.Run();
if (what is "all" or "lua") LuaAgainstPuc.Run();
if (what is "all" or "weight") EngineWeight.Run();
if (what is "all" or "hunts") Hunts.Run();
if (what is "all" or "sessions")
{
    Sessions.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000);
}

return what == "mutations" ? MutationRun.Run(Repository.Root, args.Length > 1 ? args[1] : "") : 0;

static bool IsRelease()
{
#if DEBUG
    return false;
#else
    return true;
#endif
}
