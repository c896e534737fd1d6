import type { ChallengedPerson } from '../challenges/index.js'
import type { SessionId } from '../kernel/ids.js'
import { toPerson, type PersonDocument } from './person-document.js'

/** The person with one of their sessions; null when either is gone. */
export function toSignedIn(document: PersonDocument | null, sessionId: SessionId): ChallengedPerson | null {
  const session = document?.sessions[sessionId]
  return document && session ? { ...toPerson(document), session } : null
}
