import type { ServiceKeyId } from '../kernel/ids.js'
import type { RequestOrigin } from '../kernel/request-context.js'

export const AUTHENTICATION_INTENTS = ['SIGN_IN', 'STEP_UP', 'ENROLL'] as const
/**
 * What a backend begins an authentication for. `SIGN_IN`: risk decides whether a second factor is asked for; the others
 * always ask for one: before something sensitive, or to manage factors.
 */
export type AuthenticationIntent = (typeof AUTHENTICATION_INTENTS)[number]

/** Kept with a session that a backend began with its key: who may act for it, and what its proofs say. */
export interface ServiceAuthentication {
  readonly tenant: string
  readonly keyId: ServiceKeyId
  /** What the backend calls the person. */
  readonly subject: string
  readonly audience: string
  /** Given by the backend, to be found again in the proof; null: none. */
  readonly nonce: string | null
  readonly intent: AuthenticationIntent
  /** Where the person is, as the backend reported it: what its own calls for the session are judged by. */
  readonly origin: RequestOrigin
}
