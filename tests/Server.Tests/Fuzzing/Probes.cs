using System.Diagnostics;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Server.Tests.Fuzzing;

/// <summary>Writes a call of <see cref="Reached.Block"/> into the beginning of every basic block of an assembly's copy in memory.</summary>
sealed class Probes
{
    readonly HashSet<(int Block, string Text)> words = [];
    int blocks;

    /// <summary>Literals of the instrumented code, which it may compare its input with; each with the block that its method begins with.</summary>
    public IReadOnlyCollection<(int Block, string Text)> Words => words;

    /// <param name="path">The assembly, which stays as it is.</param>
    /// <param name="probed">How the full names of the types begin that get probes; what is declared in them does, too.</param>
    public MemoryStream Into(string path, params IReadOnlyCollection<string> probed)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        var module = assembly.MainModule;
        // Debug builds ask the JIT not to optimise; a million inputs want the opposite.
        var debuggable = assembly.CustomAttributes.SingleOrDefault(one => one.AttributeType.Name == nameof(DebuggableAttribute));
        assembly.CustomAttributes.Remove(debuggable);
        var block = module.ImportReference(typeof(Reached).GetMethod(nameof(Reached.Block)));
        foreach (var type in module.GetTypes().Where(type => IsProbed(type, probed)))
        {
            foreach (var method in type.Methods.Where(method => method.HasBody))
            {
                Into(method.Body, block);
            }
        }
        var copy = new MemoryStream();
        assembly.Write(copy);
        copy.Position = 0;
        return copy;
    }

    void Into(MethodBody body, MethodReference block)
    {
        body.SimplifyMacros();
        foreach (var instruction in body.Instructions)
        {
            Keep(Literal(instruction.Operand));
        }
        var il = body.GetILProcessor();
        foreach (var leader in Leaders(body))
        {
            // The object stays in its place, so that jumps and handlers lead to the probe; what it was comes behind it.
            var moved = il.Create(OpCodes.Nop);
            (moved.OpCode, moved.Operand) = (leader.OpCode, leader.Operand);
            (leader.OpCode, leader.Operand) = (OpCodes.Ldc_I4, blocks++);
            var call = il.Create(OpCodes.Call, block);
            il.InsertAfter(leader, call);
            il.InsertAfter(call, moved);
        }
        body.OptimizeMacros();
    }

    /// <summary>The first instructions of the basic blocks, that of the method first.</summary>
    static List<Instruction> Leaders(MethodBody body)
    {
        var leaders = new List<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case Instruction target:
                    leaders.Add(target);
                    break;
                case Instruction[] targets:
                    leaders.AddRange(targets);
                    break;
            }
            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is { } otherwise)
            {
                leaders.Add(otherwise);
            }
        }
        leaders.AddRange(body.ExceptionHandlers.Select(handler => handler.FilterStart ?? handler.HandlerStart));
        return [.. leaders.Distinct()];
    }

    /// <summary>A string, or the constant bytes of a UTF-8 one with the zero that the compiler puts behind it.</summary>
    static string? Literal(object? operand) =>
        operand switch
        {
            string text => text,
            FieldDefinition { InitialValue: [.. var bytes, 0] } => Encoding.Latin1.GetString(bytes),
            _ => null,
        };

    void Keep(string? literal)
    {
        if (literal is { Length: > 1 and <= 32 } && literal.All(letter => letter is > ' ' and <= '~'))
        {
            words.Add((blocks, literal));
        }
    }

    static bool IsProbed(TypeDefinition type, IReadOnlyCollection<string> probed)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }
        return probed.Any(name => type.FullName.StartsWith(name, StringComparison.Ordinal));
    }
}
