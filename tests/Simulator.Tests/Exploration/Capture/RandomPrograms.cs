using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator.Tests.Exploration.Capture;

/// <summary>Processes that do what their code says: each byte is one use of a primitive, a collection or a language feature.</summary>
internal sealed class RandomPrograms
{
    public const int Operations = 20;

    private readonly Simulation _simulation;
    private readonly byte[][] _code;
    private readonly Signal[] _signals;
    private readonly Resource _resource;
    private readonly Store<Box> _store;
    private readonly Store<(string Name, int Value)> _words;
    private readonly RingBuffer<Box> _ring = new(2);
    private readonly FreeList<Box> _free = new();
    private readonly Dictionary<string, Box> _table = [];
    private readonly HashSet<int> _set = [];
    private readonly Stack<Box?> _stack = [];
    private readonly Queue<int?> _queue = [];
    private readonly Box?[] _array = new Box?[3];
    private readonly Ticker _ticker;
    private Ticker? _dynamic;
    private Action<int>? _callback;
    private Process _last;
    private Tag _tag = new("none", 0);
    private int _spawned;

    public RandomPrograms(Simulation simulation, byte[][] code, bool interrupts)
    {
        (_simulation, _code) = (simulation, code);
        _signals = [new Signal(simulation), new Signal(simulation)];
        _resource = new Resource(simulation, 1);
        _store = new Store<Box>(simulation, 1);
        _words = new Store<(string, int)>(simulation, 2);
        _ticker = new Ticker(simulation, _signals[0]);
        simulation.HasInterrupted = interrupts;
        for (int i = 0; i < code.Length; i++)
        {
            simulation.Spawn($"p{i}", RunAsync(i));
        }
    }

    private async Process RunAsync(int program)
    {
        var mine = new Box(program);
        for (int i = 0; i < _code[program].Length; i++)
        {
            int code = _code[program][i];
            if (code % Operations < 10)
            {
                mine = await WaitingAsync(code % Operations, code / Operations, mine);
            }
            else
            {
                Do(code % Operations, code / Operations, mine, program);
            }
        }
    }

    private async Operation<Box> WaitingAsync(int operation, int argument, Box mine)
    {
        switch (operation)
        {
            case 0:
                await _simulation.DelayPicoseconds(argument);
                break;
            case 1:
                await _signals[argument % 2].WaitAsync();
                break;
            case 2:
                mine.Value += (int)await _signals[argument % 2].WaitAsync(new Duration(5));
                break;
            case 3:
                await _store.PutAsync(new Box(argument));
                break;
            case 4:
                return await _store.GetAsync() ?? mine;
            case 5:
                await _words.PutAsync((string.Concat("w", argument.ToString(System.Globalization.CultureInfo.InvariantCulture)), mine.Value));
                break;
            case 6:
                mine.Value += (await _words.GetAsync()).Value;
                break;
            case 7:
                await HoldAsync(argument);
                break;
            case 8:
                await DeepAsync(argument % 3, mine);
                break;
            default:
                await ThrowingAsync(mine);
                break;
        }

        return mine;
    }

    private async Operation HoldAsync(int time)
    {
        await _resource.AcquireAsync();
        await _simulation.DelayPicoseconds(time);
        _resource.Release();
    }

    private async Operation DeepAsync(int depth, Box mine)
    {
        if (depth > 0)
        {
            await DeepAsync(depth - 1, mine);
        }

        mine.Value += (await _words.GetAsync()).Value;
    }

    private async Operation ThrowingAsync(Box mine)
    {
        try
        {
            await _simulation.DelayPicoseconds(1);
            throw new InvalidOperationException("caught");
        }
        catch (InvalidOperationException)
        {
            mine.Value++;
        }
    }

    private void Do(int operation, int argument, Box mine, int program)
    {
        switch (operation)
        {
            case 10:
                _signals[argument % 2].Fire();
                break;
            case 11 when _spawned < 3:
                _spawned++;
                _last = _simulation.Spawn("child", RunAsync((program + 1) % _code.Length));
                break;
            case 12 when _simulation.HasInterrupted && _last != _simulation.CurrentProcess:
                _simulation.Interrupt(_last);
                break;
            case 13:
                Tick(argument);
                break;
            case 14:
                Turn(mine);
                break;
            case 15:
                Keep(argument, mine);
                break;
            case 16:
                _callback?.Invoke(argument);
                _callback = argument % 3 == 0 ? mine.Add : argument % 3 == 1 ? Note : null;
                break;
            case 17:
                _free.Put(mine);
                _array[argument % 3] = _free.TryTake(out var taken) ? taken : new Box(1);
                break;
            case 18:
                _last = argument % 2 == 0 ? _simulation.CurrentProcess : default;
                break;
            case 19:
                _tag = _tag with { Name = "tag" + argument % 2, Count = _tag.Count + 1 };
                break;
        }
    }

    private void Tick(int argument)
    {
        if (argument % 4 == 0)
        {
            _ticker.Cancel();
            return;
        }

        var ticker = argument % 4 == 1 ? _ticker : _dynamic ??= new Ticker(_simulation, _signals[1]);
        ticker.Arm(new Duration(argument % 3));
    }

    private void Turn(Box mine)
    {
        if (_ring.Count == _ring.Capacity)
        {
            mine.Next = _ring.Dequeue();
        }

        _ring.Enqueue(mine);
    }

    private void Keep(int argument, Box mine)
    {
        _table["k" + argument % 3] = mine;
        _set.Add(argument);
        _stack.Push(argument % 2 == 0 ? mine : null);
        _queue.Enqueue(argument % 2 == 0 ? argument : null);
        if (_queue.Count > 2)
        {
            _queue.Dequeue();
            _stack.Pop();
            _set.Remove(argument - 1);
        }
    }

    private void Note(int value) => _set.Add(value);

    internal sealed record Tag(string Name, int Count);

    internal sealed class Box(int value)
    {
        public int Value = value;
        public Box? Next;

        public void Add(int more) => Value += more;
    }

    internal sealed class Ticker(Simulation simulation, Signal signal) : Timer(simulation, "ticker")
    {
        private int _ticks;

        protected override void OnExpired()
        {
            _ticks++;
            signal.Fire();
        }
    }
}
