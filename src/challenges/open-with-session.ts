import type { NewAuditEvent } from '../audit/index.js'
import { isAtLeast, type Assurances } from '../kernel/assurance.js'
import type { FactorId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { ChallengeOption, StepUp } from '../kernel/step-up.js'
import { Unavailable } from '../kernel/unavailable.js'
import type { Session } from '../sessions/index.js'
import { sendMessage, type OpenedChallenge } from './ask-question.js'
import { createdEvent, preparing, type BeginChallengeDeps } from './begin-challenge.js'
import type { Challenge } from './challenge.js'
import type { ChallengedPerson } from './ports.js'

/** A person as challenges need them, outside of a session. */
export type ChallengeablePerson = Omit<ChallengedPerson, 'session'>

/** The factor to challenge; null: the strongest one that the step-up accepts. */
export interface ChallengeChoice {
  readonly factorId: FactorId | null
}

/** The challenge of a session that is about to be stored; the same update stores both. */
export interface OpeningChallenge {
  readonly challenge: Challenge
  /** The change to the factor's material that asking makes. */
  readonly advance: MaterialAdvance | null
  readonly event: NewAuditEvent
  /** Sends its message, if it has one. Null: that failed, and another message may be requested at once. */
  begin(): Promise<OpenedChallenge | null>
}

export interface SessionToOpen {
  readonly person: ChallengeablePerson
  readonly session: Session
  readonly stepUp: StepUp
}

/** Prepares the challenge of a session. Null: none can begin now, and `challengeFactor` says why. */
export type ChallengeOpening = (opened: SessionToOpen) => Promise<OpeningChallenge | null>

/** Begins challenges along with the sign-ins that need one. A challenge that cannot begin never fails its sign-in. */
export const createChallengeOpener =
  (deps: BeginChallengeDeps) =>
  ({ factorId: named }: ChallengeChoice, context: AuditContext): ChallengeOpening => {
    const prepare = preparing(deps)
    return async ({ person: found, session, stepUp }) => {
      const factorId = named ?? strongestOf(deps.assurances, stepUp.challenge)
      if (factorId === null) return null
      const person = { ...found, session: { ...session, challenges: {} } }
      const ready = await prepare({ factorId, mfaToken: stepUp.mfaToken, context }, person)
      if (ready.kind !== 'ready') return null
      const { challenge, asked } = ready
      return {
        challenge,
        advance: asked.advance ?? null,
        event: createdEvent(person, challenge, context),
        begin: async () => {
          const isSent =
            !asked.message || (await sendMessage(deps, { person, context }, challenge, asked.message).catch(notNow))
          return isSent ? { challenge, shown: asked.shown } : null
        },
      }
    }
  }

/** The person is signed in so far, whether or not the next hop takes the message now. */
export function notNow(fault: unknown): false {
  if (fault instanceof Unavailable) return false
  throw fault
}

/** The first option of the highest assurance. Recovery codes are for those who have lost the others. */
export function strongestOf(assurances: Assurances, options: readonly ChallengeOption[]): FactorId | null {
  const usual = options.filter(({ type }) => type !== 'RECOVERY_CODE')
  const strongest = usual.find(({ type }) =>
    usual.every((other) => isAtLeast(assurances.of(type), assurances.of(other.type))),
  )
  return strongest?.factorId ?? null
}
