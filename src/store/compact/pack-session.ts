import type { Session } from '../../sessions/index.js'
import { packed, unpacked } from './bytes.js'
import { readArrival, writeArrival } from './pack-arrival.js'
import { readObservation, writeObservation } from './pack-observation.js'
import { readAddress, readAgent, readFingerprint, writeAddress, writeAgent, writeFingerprint } from './pack-origin.js'

/** What never changes in a session, so that no update names it. */
export type SessionFacts = Pick<
  Session,
  'firstFactor' | 'signedInAt' | 'provedFrom' | 'arrivedBy' | 'fingerprint' | 'address' | 'userAgent'
>

const VERSION = 1
/** Append only: stored values name them by their place. */
const FIRST_FACTORS = ['PASSWORD', 'PASSKEY', 'MAGIC_LINK', 'EXTERNAL', 'EXTERNAL_MESSAGE'] as const

/** Null if a part of it has no packed form; it is then stored as it is. */
export function packSession(session: SessionFacts): string | null {
  return packed((writer) => {
    writer.byte(VERSION)
    writer.byte(FIRST_FACTORS.indexOf(session.firstFactor))
    writer.time(session.provedFrom.provedAt)
    writer.timeBefore(session.provedFrom.provedAt, session.signedInAt)
    writeObservation(writer, session.provedFrom.observation)
    writeArrival(writer, session.arrivedBy)
    writeAddress(writer, session.address)
    writeAgent(writer, session.userAgent)
    writeFingerprint(writer, session.fingerprint)
  })
}

/** Null for what no version of ours has written. */
export function unpackSession(text: string): SessionFacts | null {
  return unpacked(text, (reader) => {
    if (reader.byte() !== VERSION) throw new RangeError('a session is packed in another way')
    const firstFactor = FIRST_FACTORS[reader.byte()]
    if (firstFactor === undefined) throw new RangeError('a first factor has no meaning')
    const provedAt = reader.time()
    const signedInAt = reader.timeBefore(provedAt)
    const observation = readObservation(reader)
    return {
      firstFactor,
      signedInAt,
      provedFrom: { observation, provedAt },
      arrivedBy: readArrival(reader),
      address: readAddress(reader),
      userAgent: readAgent(reader),
      fingerprint: readFingerprint(reader),
    }
  })
}
