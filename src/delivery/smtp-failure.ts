/** Why the server did not accept a message, and what this means for the next attempt. */
export interface SmtpFailure {
  /**
   * `refused`: this mailbox can never receive the message. `later`: the server answered, but did not accept it this time.
   * `down`: the server cannot be reached, or rejects this gateway.
   */
  readonly kind: 'refused' | 'later' | 'down'
  /** The server's reply code (RFC 5321 4.2.3); null when there was none. */
  readonly reply: number | null
  /** Nodemailer's name for the error. Never the server's text, which quotes the recipient. */
  readonly fault: string
}

/** The mailbox does not exist, has moved, has an invalid name, or its domain accepts no mail (RFC 5321 4.2.3, RFC 7504). */
const REFUSES_MAILBOX: readonly number[] = [550, 551, 553, 556]
/** Status codes about the address or its mailbox (RFC 3463 3.2, 3.3), such as `5.1.1`. */
const ABOUT_MAILBOX = /^5\d\d[ -]5\.[12]\.\d/
/** The commands whose replies are about the recipient. Replies to other commands are about this gateway. */
const ABOUT_RECIPIENT: readonly string[] = ['RCPT TO', 'DATA']
/** An open connection broke. */
const BROKEN: readonly string[] = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT']

/** Nodemailer's error. Every part may be missing. */
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
  // Sender, password or TLS were rejected. This does not depend on the recipient, and retrying alone does not help.
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
      // Without a greeting, the server counts as unreachable.
      return timeoutType === 'SOCKET_TIMEOUT' ? 'later' : 'down'
    case 'ECONNECTION':
      // Without a command, the server closed the connection before its greeting, every time.
      return command === 'CONN' ? 'later' : 'down'
    case 'ESOCKET':
      return BROKEN.some((each) => each === originalCode) ? 'later' : 'down'
    default:
      return 'down'
  }
}
