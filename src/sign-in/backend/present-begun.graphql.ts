import { presentChallenge } from '../../challenges/challenge.graphql.js'
import { presentCredentials } from '../../sessions/session.graphql.js'
import type { ArrivalOutcome } from '../arrival.js'
import type { BeginAuthenticationPayload } from './authentication.graphql.js'

const NOTHING = {
  stepUp: null,
  challenge: null,
  pendingToken: null,
  proof: null,
  tokens: null,
  deviceToken: null,
  dropDeviceToken: false,
  reference: null,
} as const

/** What must follow, for the backend that began it. */
export function presentBegun(outcome: ArrivalOutcome, requestId: string): BeginAuthenticationPayload {
  switch (outcome.kind) {
    // Unlike a person who types a password, a backend may be told: the account is disabled here, whatever its state at
    // the backend.
    case 'refused':
      return { ...NOTHING, verdict: 'BLOCK', reference: requestId }
    case 'blocked':
      return {
        ...NOTHING,
        verdict: 'BLOCK',
        reference: outcome.reference,
        dropDeviceToken: outcome.copiedFrom !== null,
      }
    case 'mfa-required':
    case 'enrollment-required': {
      const { pendingToken } = presentCredentials(outcome.credentials)
      const waiting = { ...NOTHING, stepUp: outcome.stepUp, pendingToken }
      if (outcome.kind === 'enrollment-required') return { ...waiting, verdict: 'ENROLL' }
      return { ...waiting, verdict: 'CHALLENGE', challenge: outcome.challenge && presentChallenge(outcome.challenge) }
    }
    case 'signed-in': {
      const { tokens, deviceToken } = presentCredentials(outcome.credentials)
      return { ...NOTHING, verdict: 'ALLOW', tokens, deviceToken, proof: outcome.credentials.proof }
    }
    case 'organization-required':
      throw new Error('a sign-in without discovery never has to choose an organization')
  }
}
