using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator.Tests.Exploration.Capture;

/// <summary>Static fields that could carry something from step to step. The classes that have them are made here, so that no other scene of these tests is refused.</summary>
public sealed class MutableStaticsTests
{
    private const FieldAttributes Static = FieldAttributes.Static | FieldAttributes.Private;

    [Theory]
    [InlineData("s_count", typeof(int), Static, null, "Model.s_count")]
    [InlineData("<Last>k__BackingField", typeof(string), Static, null, "Model.Last")]
    [InlineData("s_names", typeof(List<int>), Static, null, "Model.s_names")]
    [InlineData("Names", typeof(string[]), Static | FieldAttributes.InitOnly, null, null)]
    [InlineData("Table", typeof(Dictionary<string, int>), Static | FieldAttributes.InitOnly, null, null)]
    [InlineData("Most", typeof(int), Static | FieldAttributes.Literal, null, null)]
    [InlineData("t_current", typeof(int), Static, typeof(ThreadStaticAttribute), null)]
    [InlineData("s_seen", typeof(int), Static, typeof(NotStateAttribute), null)]
    [InlineData("_count", typeof(int), FieldAttributes.Private, null, null)]
    public void A_static_field_that_can_change_is_found_and_a_harmless_one_is_not(string name, Type type, FieldAttributes attributes, Type? mark, string? found)
    {
        var model = NewModule().DefineType("Model");
        Define(model, name, type, attributes, mark);
        Assert.Equal(found, MutableStatics.Find([model.CreateType()]));
    }

    [Theory]
    [InlineData(FieldAttributes.Private, "Model.Instance")]
    [InlineData(FieldAttributes.Private | FieldAttributes.InitOnly, null)]
    public void A_readonly_static_of_a_class_of_the_model_counts_if_that_class_can_change(FieldAttributes inside, string? found)
    {
        var module = NewModule();
        var single = module.DefineType("Single");
        single.DefineField("_n", typeof(int), inside);
        var model = module.DefineType("Model");
        Define(model, "Instance", single.CreateType(), Static | FieldAttributes.InitOnly, null);
        Assert.Equal(found, MutableStatics.Find([model.CreateType()]));
    }

    [Fact]
    public void What_the_compiler_makes_for_itself_does_not_count()
    {
        var model = NewModule().DefineType("<>c");
        Define(model, "<>9__0", typeof(Action), Static, null);
        Mark(model.SetCustomAttribute, typeof(CompilerGeneratedAttribute));
        Assert.Null(MutableStatics.Find([model.CreateType()]));
    }

    [Fact]
    public void A_model_is_refused_for_a_field_of_a_class_of_which_it_has_no_object()
    {
        var module = NewModule();
        var hidden = module.DefineType("Hidden", TypeAttributes.Abstract | TypeAttributes.Sealed);
        Define(hidden, "s_next", typeof(int), Static, null);
        hidden.CreateType();
        object part = Activator.CreateInstance(module.DefineType("Part", TypeAttributes.Public).CreateType())!;

        using var scene = Captured.Of(simulation => simulation.Spawn("p", WithAsync(simulation, part)));
        var refused = Assert.Throws<NotCapturableException>(() => scene.Bytes());

        Assert.StartsWith("Hidden.s_next is a static field that can change", refused.Message, StringComparison.Ordinal);
    }

    private static async Process WithAsync(Simulation simulation, object part)
    {
        await simulation.DelayPicoseconds(1);
        GC.KeepAlive(part);
    }

    private static ModuleBuilder NewModule() =>
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("SomeModel"), AssemblyBuilderAccess.Run).DefineDynamicModule("SomeModel");

    private static void Define(TypeBuilder type, string name, Type fieldType, FieldAttributes attributes, Type? mark)
    {
        var field = type.DefineField(name, fieldType, attributes);
        if (mark is not null)
        {
            Mark(field.SetCustomAttribute, mark);
        }
    }

    private static void Mark(Action<CustomAttributeBuilder> set, Type mark) => set(new CustomAttributeBuilder(mark.GetConstructor([])!, []));
}
