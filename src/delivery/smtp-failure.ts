/** Why a message was not taken, and what that means for the next attempt. */
export interface SmtpFailure {
  /**
   * `refused`: this mailbox will never be delivered to. `later`: the server was there and did not take it this time.
   * `down`: there is no server to talk to, or it does not talk to us.
   */
  readonly kind: 'refused' | 'later' | 'down'
  /** The server's reply code (RFC 5321 4.2.3); null when it gave none. */
  readonly reply: number | null
  /** Nodemailer's name of the fault. Never the server's words: they quote the recipient. */
  readonly fault: string
}

/** No such mailbox; it moved; it is no mailbox's name; its domain takes no mail (RFC 5321 4.2.3, RFC 7504). */
const REFUSES_MAILBOX: readonly number[] = [550, 551, 553, 556]
/** Status codes that speak of the address or its mailbox (RFC 3463 3.2, 3.3), such as `5.1.1`. */
const ABOUT_MAILBOX = /^5\d\d[ -]5\.[12]\.\d/
/** Where a server speaks of the recipient; elsewhere it speaks of us. */
const ABOUT_RECIPIENT: readonly string[] = ['RCPT TO', 'DATA']
/** The connection broke while there was one. */
const BROKEN: readonly string[] = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT']

/** What nodemailer tells of a fault; every part may be missing. */
interface SmtpFault {
  readonly code?: unknown
  readonly command?: unknown
  readonly response?: unknown
  readonly responseCode?: unknown
  readonly originalCode?: unknown
  readonly timeoutType?: unknown
}

export function judgeFailure(error: unknown): SmtpFailure {
  const given: SmtpFault = typeof error === 'object' && error !== null ? error : {}
  const fault = typeof given.code === 'string' ? given.code : 'UNKNOWN'
  const reply = typeof given.responseCode === 'number' ? given.responseCode : null
  return { kind: reply === null ? kindOfSilence(given) : kindOfReply(given, reply), reply, fault }
}

function kindOfReply({ code, command, response }: SmtpFault, reply: number): SmtpFailure['kind'] {
  // Our name, our password, our TLS: a recipient has no part in it, and it does not pass by itself.
  if (code === 'EAUTH' || code === 'ETLS') return 'down'
  if (reply >= 400 && reply < 500) return 'later'
  const isAboutRecipient = ABOUT_RECIPIENT.some((each) => each === command)
  const isForGood = REFUSES_MAILBOX.includes(reply) || (typeof response === 'string' && ABOUT_MAILBOX.test(response))
  return isAboutRecipient && isForGood ? 'refused' : 'down'
}

function kindOfSilence({ code, command, originalCode, timeoutType }: SmtpFault): SmtpFailure['kind'] {
  switch (code) {
    case 'EABORT':
      return 'later'
    case 'ETIMEDOUT':
      // A server that never greeted is not there.
      return timeoutType === 'SOCKET_TIMEOUT' ? 'later' : 'down'
    case 'ECONNECTION':
      // Without a command: it hung up before it greeted, every time.
      return command === 'CONN' ? 'later' : 'down'
    case 'ESOCKET':
      return BROKEN.some((each) => each === originalCode) ? 'later' : 'down'
    default:
      return 'down'
  }
}
