using System.Reflection;
using Reqnroll.Bindings.Reflection;

namespace AirHil.Gherkin.Bindings;

/// <summary>What stands behind Reqnroll's description of a method.</summary>
internal static class BindingMethods
{
    public static MethodInfo Info(this IBindingMethod method) => ((RuntimeBindingMethod)method).MethodInfo;
}
