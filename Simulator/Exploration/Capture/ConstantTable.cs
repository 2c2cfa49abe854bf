namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Numbers for values that never change: equal ones have the same.</summary>
internal sealed class ConstantTable
{
    private readonly Dictionary<object, int> _numbers = [];
    private readonly List<object> _values = [];

    internal object this[int number] => _values[number];

    internal int NumberOf(object value)
    {
        if (!_numbers.TryGetValue(value, out int number))
        {
            number = _values.Count;
            _values.Add(value);
            _numbers.Add(value, number);
        }

        return number;
    }
}
