import type { MessagePort } from 'node:worker_threads'
import type { AuditEvent, LogPart, PartReport, StreamReader } from '../audit/index.js'
import { Unavailable } from '../kernel/unavailable.js'

/** The start data of a thread that checks parts. */
export interface AuditThreadData {
  readonly keys: readonly { readonly id: string; readonly pem: string }[]
  /** The database to read from; null: the thread asks the one that owns the store. */
  readonly mongo: { readonly mongodbUri: string; readonly patienceMilliseconds: number } | null
}

export type PartEvents = Pick<StreamReader, 'between' | 'rest'>

/** A call of `PartEvents` that the other side executes. */
interface EventsQuestion {
  readonly kind: 'read'
  readonly nth: number
  readonly verb: keyof PartEvents
  readonly args: readonly [stream: string, after: number, bound: number]
}

type EventsAnswer = { readonly kind: 'events'; readonly nth: number; readonly events: readonly AuditEvent[] | null }

/** To the thread. */
export type AuditPartMessage = { readonly kind: 'part'; readonly part: LogPart } | EventsAnswer

/** From the thread. */
export type AuditThreadMessage =
  | { readonly kind: 'report'; readonly report: PartReport }
  | { readonly kind: 'failed'; readonly isUnavailable: boolean; readonly says: string }
  | EventsQuestion

/** Reads events from the other side of a port. */
export function askAcross(port: MessagePort) {
  const waiting = new Map<number, (answer: EventsAnswer) => void>()
  let count = 0
  const ask =
    (verb: keyof PartEvents) =>
    (...args: EventsQuestion['args']): Promise<AuditEvent[]> =>
      new Promise((resolve, reject) => {
        const nth = count++
        waiting.set(nth, ({ events }) => (events ? resolve([...events]) : reject(new Unavailable('store'))))
        port.postMessage({ kind: 'read', nth, verb, args } satisfies EventsQuestion)
      })
  const events: PartEvents = { between: ask('between'), rest: ask('rest') }
  return {
    events,
    answer: (answer: EventsAnswer): void => {
      waiting.get(answer.nth)?.(answer)
      waiting.delete(answer.nth)
    },
  }
}

/** The other side of `askAcross`. */
export async function answerAcross(events: PartEvents, { nth, verb, args }: EventsQuestion): Promise<AuditPartMessage> {
  try {
    return { kind: 'events', nth, events: await events[verb](...args) }
  } catch {
    return { kind: 'events', nth, events: null }
  }
}
