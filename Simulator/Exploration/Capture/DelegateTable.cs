using System.Reflection;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Delegates of restored states: one for each type, method and target, made once. Looked up, never walked.</summary>
internal sealed class DelegateTable
{
    private readonly Dictionary<Key, Delegate> _made = [];

    /// <summary>The delegate of a type that calls a method, known by its number, on a target.</summary>
    internal Delegate Of(TypeLayout layout, int method, object? target, ConstantTable constants)
    {
        var key = new Key(layout.Id, method, target);
        if (!_made.TryGetValue(key, out var made))
        {
            made = Delegate.CreateDelegate(layout.Type, target, (MethodInfo)constants[method]);
            _made.Add(key, made);
        }

        return made;
    }

    private readonly struct Key(int type, int method, object? target) : IEquatable<Key>
    {
        private readonly int _type = type;
        private readonly int _method = method;
        private readonly object? _target = target;

        public bool Equals(Key other) => _type == other._type && _method == other._method && ReferenceEquals(_target, other._target);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => unchecked(((((_target is null ? 0 : ReferenceEqualityComparer.Instance.GetHashCode(_target)) * 397) ^ _method) * 397) ^ _type);
    }
}
