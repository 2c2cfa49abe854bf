using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>The interrupt line of a test driver with its mask.</summary>
internal sealed class InterruptLine : Waitable
{
    private bool _raised;
    private bool _masked;

    public InterruptLine(Simulation simulation, string name)
        : base(simulation, name, "test_interrupt") => Idle = true;

    /// <summary>Raises the line unless it is masked. Context: hardware.</summary>
    public void Raise()
    {
        if (_masked || _raised)
        {
            return;
        }

        _raised = true;
        WakeFirst();
    }

    /// <summary>The interrupt is taken: nothing is raised until <see cref="Unmask"/>.</summary>
    public void Mask() => (_raised, _masked) = (false, true);

    /// <summary>Lets interrupts through again, and one at once if the level is still up.</summary>
    public void Unmask(bool level)
    {
        _masked = false;
        if (level)
        {
            Raise();
        }
    }

    /// <summary>Waits for the interrupt.</summary>
    public Suspension WaitAsync([CallerLineNumber] int line = 0) => _raised ? Ready : Block(line);
}
