using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <content>sendmsg().</content>
internal partial class OperationSocket
{
    private readonly bool _refusesWriters;   // a second writer is answered EBUSY
    private bool _more;                      // ctx->more
    private bool _isInit;                    // ctx->init
    private bool _isEncryption;              // ctx->enc
    private bool _isWriting;                 // ctx->write
    private long _sent;                      // [B] place in the stream behind what was sent so far

    /// <summary>A page fits into the send buffer: af_alg_writable().</summary>
    public bool IsWritable => Room(0) >= TxList.PageSize;

    /// <summary>Places that were sent so far end here [B].</summary>
    public long SentTo => _sent;

    /// <summary>sendmsg(): data, and an IV with ALG_SET_IV and ALG_SET_OP of the options. Context: process; may sleep.</summary>
    /// <param name="iv">With ALG_SET_IV; null without.</param>
    /// <param name="bytes">Data [B].</param>
    /// <param name="more">MSG_MORE.</param>
    /// <returns>EINVAL if what was sent before was the end and has not been read (AA-2).</returns>
    public async Operation<Errno> SendAsync(IvValue? iv, long bytes, bool more)
    {
        Sent sent = await SendAsync(new SendMessage(bytes, more) { Iv = iv, Op = iv is null ? null : _options.Op });
        return sent.Errno;
    }

    /// <summary>sendmsg(). Context: process; may sleep.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_sendmsg, af_alg_wait_for_wmem", Version = "v4.14", Rules = "AA-1 AA-2 AA-3")]
    public Operation<Sent> SendAsync(SendMessage message)
    {
        if (!message.IsValid)
        {
            return new Operation<Sent>(Refuse(Errno.EINVAL));
        }

        return message.Bytes <= Room(0) && _lock.LockAtOnce() ? new Operation<Sent>(SendAtOnce(in message)) : SendInStepsAsync(message);
    }

    /// <summary>Nobody has the lock and there is room: the same without a wait.</summary>
    private Sent SendAtOnce(in SendMessage message)
    {
        Errno errno = Begin(in message);
        if (errno != Errno.Success)
        {
            _lock.Unlock();
            return Refuse(errno);
        }

        long copied = Copy(Reserve(in message), message.Bytes, out errno);
        End(in message, errno);
        _lock.Unlock();
        return new Sent(copied, copied > 0 ? Errno.Success : errno);
    }

    private async Operation<Sent> SendInStepsAsync(SendMessage message)
    {
        await _lock.LockAsync();
        Errno errno = Begin(in message);
        if (errno != Errno.Success)
        {
            _lock.Unlock();
            return Refuse(errno);
        }

        long position = Reserve(in message);
        long copied = Copy(position, message.Bytes, out errno);
        while (errno == Errno.Success && copied < message.Bytes)
        {
            errno = await SleepForRoomAsync(message.DontWait);
            copied += errno == Errno.Success ? Copy(position + copied, message.Bytes - copied, out errno) : 0;
        }

        End(in message, errno);
        _lock.Unlock();
        return new Sent(copied, copied > 0 ? Errno.Success : errno);
    }

    private Sent Refuse(Errno errno)
    {
        Meter.SendErrors++;
        return new Sent(0, errno);
    }

    /// <summary>Looks whether it may, and takes the control messages.</summary>
    private Errno Begin(in SendMessage message)
    {
        if (_isWriting && _refusesWriters)
        {
            return Errno.EBUSY;
        }

        if (_isInit && !_more && _tx.Used > 0)
        {
            return Errno.EINVAL;
        }

        (_isWriting, _isInit) = (true, true);
        if (message.HasControl)
        {
            _isEncryption = message.Op == AlgOp.Encrypt;
            SetIv(message.Iv);
        }

        return Errno.Success;
    }

    private void SetIv(IvValue? iv)
    {
        if (iv is { } value)
        {
            Iv.Set(value);
            _oracle?.Set(value);
            Meter.IvSets++;
        }
    }

    private long Reserve(in SendMessage message)
    {
        long position = message.Position ?? _sent;
        _sent = Math.Max(_sent, position + message.Bytes);
        return position;
    }

    /// <summary>Copies into the last page, then into new ones as far as there is room.</summary>
    /// <returns>Bytes copied [B].</returns>
    private long Copy(long position, long bytes, out Errno errno)
    {
        errno = Errno.Success;
        long copied = Math.Min(bytes, _tx.RoomInLastPage);
        long room = Room(copied);
        if (copied < bytes && room >= TxList.PageSize)
        {
            long pages = Math.Min(bytes - copied, room);
            if (Memory.TryHoldPages(_tx.PagesWith(copied + pages)))
            {
                copied += pages;
            }
            else
            {
                errno = Errno.ENOMEM;
            }
        }

        if (copied > 0)
        {
            _tx.Append(position, copied);
        }

        return copied;
    }

    /// <summary>af_alg_sndbuf(), once so many bytes more are there [B].</summary>
    private long Room(long more) =>
        Math.Max(Math.Max(_options.Sndbuf.Bytes & ~(TxList.PageSize - 1L), TxList.PageSize) - _tx.Used - more, 0);

    /// <summary>Gives the lock away meanwhile: another writer may come in between. Readers are not woken before the end of the call.</summary>
    private async Operation<Errno> SleepForRoomAsync(bool dontWait)
    {
        if (_tx.RoomInLastPage > 0)
        {
            return Errno.Success;   // ctx->merge comes before af_alg_writable()
        }

        if (dontWait)
        {
            return Errno.EAGAIN;
        }

        while (!IsWritable)
        {
            Meter.RoomWaits++;
            _lock.Unlock();
            await _room.SleepAsync();
            await _lock.LockAsync();
        }

        return Errno.Success;
    }

    private void End(in SendMessage message, Errno errno)
    {
        _isWriting = false;
        if (errno == Errno.Success)
        {
            _more = message.More;
        }

        WakeReaders();
    }

    /// <summary>af_alg_data_wakeup().</summary>
    private void WakeReaders()
    {
        if (_data.HasWaiters && HasData)
        {
            _ = _data.Wake();
        }
    }
}
