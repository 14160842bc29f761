using System.Reflection;
using Reqnroll.Bindings.Reflection;

namespace AirHil.Gherkin.Bindings;

/// <summary>The method that is behind Reqnroll's description of it.</summary>
internal static class BindingMethods
{
    public static MethodInfo Info(this IBindingMethod method) => ((RuntimeBindingMethod)method).MethodInfo;
}
