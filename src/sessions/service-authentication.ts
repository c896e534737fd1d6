import type { ServiceKeyId } from '../kernel/ids.js'
import type { RequestOrigin } from '../kernel/request-context.js'

export const AUTHENTICATION_INTENTS = ['SIGN_IN', 'STEP_UP', 'ENROLL'] as const
/**
 * Why a backend begins an authentication. `SIGN_IN`: risk decides whether a second factor is demanded. The others
 * always demand one: before a sensitive operation, or to manage factors.
 */
export type AuthenticationIntent = (typeof AUTHENTICATION_INTENTS)[number]

/** Kept with a session that a backend began with its key: who may act for it, and what its proofs say. */
export interface ServiceAuthentication {
  readonly tenant: string
  readonly keyId: ServiceKeyId
  /** The backend's name for the person. */
  readonly subject: string
  readonly audience: string
  /** Chosen by the backend and repeated in the proof; null: none. */
  readonly nonce: string | null
  readonly intent: AuthenticationIntent
  /** Where the person is, as the backend reported it. The backend's own calls for the session are judged by this. */
  readonly origin: RequestOrigin
}
