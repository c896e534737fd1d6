import { parseId, type AccountId, type SessionId } from '../kernel/ids.js'

/**
 * A session credential: account id, session id and 256 random bits in one opaque string. The ids only locate the
 * session, so that every request finds it by primary key. Only the secret authenticates it.
 */
export interface SessionToken {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly secret: string
}

const ID_LENGTH = 22
const SECRET_LENGTH = 43
const SHAPE = /^[A-Za-z0-9_-]+$/

export function writeSessionToken(token: SessionToken): string {
  return `${token.accountId}${token.sessionId}${token.secret}`
}

/** Null if the text is not one of our tokens. */
export function readSessionToken(text: string): SessionToken | null {
  if (text.length !== 2 * ID_LENGTH + SECRET_LENGTH || !SHAPE.test(text)) return null
  const accountId = parseId<AccountId>(text.slice(0, ID_LENGTH))
  const sessionId = parseId<SessionId>(text.slice(ID_LENGTH, 2 * ID_LENGTH))
  if (!accountId || !sessionId) return null
  return { accountId, sessionId, secret: text.slice(2 * ID_LENGTH) }
}
