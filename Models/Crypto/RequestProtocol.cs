using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Crypto;

/// <summary>Follows one request through the crypto API and says what breaks its protocol.</summary>
/// <remarks>
/// <code>
///   owner's ──submit──► submitting ──EINPROGRESS──► accepted ◄──callback EINPROGRESS── backlogged
///      ▲                    │ └────────EBUSY─────────────│────────────────────────────────► ┘
///      ├───refused, done────┘                            │
///      └───────────── callback with the final status ◄───┘
/// </code>
/// Callbacks may come before the answer has been returned, from another CPU. A request that stays backlogged for ever is no
/// fault of a step but a deadlock, or a leak at the end. A notified request is as good as one accepted at once: nothing that
/// may still happen to it differs, so its phase does not either.
/// </remarks>
[KernelSource("include/linux/crypto.h", "CRYPTO_TFM_REQ_MAY_BACKLOG", Version = "v4.1", Rules = "DM-C1 DM-C4 DM-C5 DM-C9 DM-Q8 DM-Q10")]
internal struct RequestProtocol
{
    private RequestPhase _phase;
    private bool _isTolerated;   // one notification without EBUSY is let pass (DM-Q8)

    /// <summary>True from the submission until it is the owner's again.</summary>
    public readonly bool IsInFlight => _phase > RequestPhase.Refused;

    /// <summary>True from an answer EBUSY until the notification.</summary>
    public readonly bool IsBacklogged => _phase == RequestPhase.Backlogged;

    /// <summary>The mark of a crypto_queue has come to rest on it although it was not answered EBUSY (DM-Q8).</summary>
    public void Tolerate() => _isTolerated = true;

    /// <summary>The owner hands it over.</summary>
    public ProtocolFault Submit()
    {
        if (IsInFlight)
        {
            return ProtocolFault.SubmittedTwice;
        }

        (_phase, _isTolerated) = (RequestPhase.Submitting, false);
        return ProtocolFault.None;
    }

    /// <summary>The provider answers.</summary>
    /// <param name="accepted">The provider keeps it.</param>
    /// <param name="backlogged">It says so with EBUSY.</param>
    public ProtocolFault Answer(bool accepted, bool backlogged)
    {
        RequestPhase phase = _phase;
        _phase = !accepted ? RequestPhase.Refused
            : phase is RequestPhase.EarlyFinal or RequestPhase.EarlyBoth ? RequestPhase.Finished
            : backlogged && phase == RequestPhase.Submitting ? RequestPhase.Backlogged : RequestPhase.Accepted;
        return phase switch
        {
            RequestPhase.Submitting => ProtocolFault.None,
            _ when !accepted => ProtocolFault.CalledBackThoughRefused,
            RequestPhase.EarlyFinal when backlogged => ProtocolFault.FinalBeforeNotification,
            RequestPhase.EarlyNotified or RequestPhase.EarlyBoth when !backlogged => ProtocolFault.NotificationNotOwed,
            _ => ProtocolFault.None,
        };
    }

    /// <summary>The provider calls back with EINPROGRESS.</summary>
    public ProtocolFault Notify()
    {
        switch (_phase)
        {
            case RequestPhase.Backlogged:
                _phase = RequestPhase.Accepted;
                return ProtocolFault.None;
            case RequestPhase.Submitting:
                _phase = RequestPhase.EarlyNotified;
                return ProtocolFault.None;
            case RequestPhase.Accepted when _isTolerated:
                _isTolerated = false;
                return ProtocolFault.None;
            default:
                return IsInFlight ? ProtocolFault.NotificationNotOwed : NotInFlight();
        }
    }

    /// <summary>The provider calls back with the final status.</summary>
    public ProtocolFault Finish()
    {
        switch (_phase)
        {
            case RequestPhase.Accepted:
                _phase = RequestPhase.Finished;
                return ProtocolFault.None;
            case RequestPhase.Submitting or RequestPhase.EarlyNotified:
                _phase = _phase == RequestPhase.Submitting ? RequestPhase.EarlyFinal : RequestPhase.EarlyBoth;
                return ProtocolFault.None;
            case RequestPhase.Backlogged:
                return ProtocolFault.FinalBeforeNotification;
            default:
                return IsInFlight ? ProtocolFault.CalledBackAfterFinal : NotInFlight();
        }
    }

    private readonly ProtocolFault NotInFlight() => _phase switch
    {
        RequestPhase.Finished => ProtocolFault.CalledBackAfterFinal,
        RequestPhase.Refused => ProtocolFault.CalledBackThoughRefused,
        _ => ProtocolFault.CalledBackUnsubmitted,
    };
}

/// <summary>Where a request is in the protocol; the first three are its owner's.</summary>
internal enum RequestPhase : byte
{
    New,
    Finished,
    Refused,
    Submitting,      // the provider has not answered yet
    EarlyNotified,   // nor in the other early ones, which were called back already
    EarlyFinal,
    EarlyBoth,
    Accepted,
    Backlogged,
}
