using System.Runtime.InteropServices;
using CryptoSim.Cli;

using var cancellation = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
return (int)CommandLine.Run(args, Surroundings.OfProcess(cancellation.Token));

// The first signal asks the command to stop and leave no half-written file; the second does not ask.
void Cancel(PosixSignalContext context)
{
    context.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
