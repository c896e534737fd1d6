import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import type { SmtpFailure } from './smtp-failure.js'
import type { Timers } from './timers.js'

export interface DelayedMailDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly timers: Timers
  /** Seconds to wait before each further attempt. After the last one the message is dropped. */
  readonly retrySeconds: readonly number[]
  /** How many messages may wait at the same time. */
  readonly capacity: number
}

/** A message with at least one failed attempt. */
export interface UndeliveredMail {
  /** Makes one attempt. Null: the server accepted the message. */
  handOver(): Promise<SmtpFailure | null>
  /** When the message becomes useless, such as an expired code; null: never. */
  readonly goodUntil: Date | null
  readonly attempts: number
  whenLost?(): Promise<void>
}

export interface DelayedMail {
  /** False when too many messages wait, or when the message expires before the next attempt. */
  add(mail: UndeliveredMail): boolean
  /** Makes a last attempt for waiting messages, and drops those not accepted within so many milliseconds. */
  drain(milliseconds: number): Promise<void>
}

/** Mail that the server did not accept yet. It is kept in memory, so it is lost if the last attempt before a stop fails. */
export function delayMail({ clock, logger, timers, retrySeconds, capacity }: DelayedMailDeps): DelayedMail {
  const waiting = new Map<UndeliveredMail, () => void>()
  const underWay = new Set<Promise<void>>()
  let isStopping = false
  let dropped = 0

  return {
    add: (mail) => waiting.size + underWay.size < capacity && schedule(mail),
    drain: async (milliseconds) => {
      isStopping = true
      const left = [...waiting]
      for (const [mail, cancel] of left) {
        cancel()
        start(mail)
      }
      await withinTime(Promise.all(underWay), milliseconds)
      const lost = dropped + underWay.size
      if (lost > 0) logger.warn({ lost }, 'mail that waited for another attempt is lost with the stop')
    },
  }

  function schedule(mail: UndeliveredMail): boolean {
    const seconds = retrySeconds[mail.attempts - 1]
    if (isStopping || seconds === undefined || isWorthless(mail, secondsAfter(clock.now(), seconds))) return false
    waiting.set(
      mail,
      timers.after(seconds, () => start(mail)),
    )
    return true
  }

  function start(mail: UndeliveredMail): void {
    waiting.delete(mail)
    const done = tryAgain(mail).finally(() => underWay.delete(done))
    underWay.add(done)
  }

  async function tryAgain(mail: UndeliveredMail): Promise<void> {
    const attempts = mail.attempts + 1
    const failure = isWorthless(mail, clock.now()) ? WORTHLESS : await mail.handOver()
    if (!failure) return logger.info({ attempts }, 'delayed mail was taken')
    if (failure.kind !== 'refused' && schedule({ ...mail, attempts })) return
    if (isStopping) dropped += 1
    else logger.warn({ attempts, reply: failure.reply, fault: failure.fault }, 'delayed mail was given up')
    await mail.whenLost?.().catch((error: unknown) => logger.error({ err: error }, 'lost mail could not be recorded'))
  }
}

const WORTHLESS: SmtpFailure = { kind: 'refused', reply: null, fault: 'TOO_LATE' }

const isWorthless = ({ goodUntil }: UndeliveredMail, at: Date): boolean => goodUntil !== null && goodUntil <= at

async function withinTime(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, tooLate])
  clearTimeout(timer)
}
