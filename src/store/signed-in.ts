import type { ChallengedPerson } from '../challenges/index.js'
import type { SessionId } from '../kernel/ids.js'
import { toPerson, type PeopleReader, type PersonDocument } from './person-document.js'

/** The person with one of their sessions; null when either is gone. */
export async function toSignedIn(
  document: PersonDocument | null,
  sessionId: SessionId,
  ruleOf: PeopleReader['ruleOf'],
): Promise<ChallengedPerson | null> {
  const session = document?.sessions[sessionId]
  return document && session ? { ...(await toPerson(document, ruleOf)), session } : null
}
