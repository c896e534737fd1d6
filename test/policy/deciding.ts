import type { Actor, SessionActor } from '../../src/kernel/actor.js'
import type { FactorType } from '../../src/kernel/factor-type.js'
import type { AccessQuestion } from '../../src/policy/access-question.js'
import { decideAccess } from '../../src/policy/decide-access.js'
import { DEFAULT_REQUIREMENT, foldRequirements, type Requirement } from '../../src/policy/requirement.js'
import { factor, NOW, proof, session, SETTINGS } from './support.js'

export type Asked = Partial<Requirement>

/** Decides an operation with fields `field0`, `field1` and so on that have these requirements. */
export function decide(asked: Asked | readonly Asked[], actor: Actor, over: Partial<AccessQuestion> = {}) {
  const requirements = [asked].flat() as readonly Asked[]
  const reached = requirements.map((requirement, index) => ({
    path: `field${index}`,
    requirement: { ...DEFAULT_REQUIREMENT, ...requirement },
  }))
  const requirement = foldRequirements(reached, SETTINGS.assurances)
  return decideAccess({ requirement, actor, now: NOW, risk: null, settings: SETTINGS, operationHash: 'hash', ...over })
}

export const anonymous: Actor = { kind: 'anonymous' }
export const MFA = { assurance: 'MFA' } as const
export const FRESH = { assurance: 'MFA', withinSeconds: 300 } as const
/** A session whose only factor was proved this many seconds ago. */
export const proved = (type: FactorType, secondsAgo: number, over: Partial<SessionActor> = {}): SessionActor =>
  session({ factors: [factor(type)], proofs: [proof(type, secondsAgo)], ...over })
export const allowed = { kind: 'allow', spendsProof: false }
export const refusedWith = (code: string): unknown => expect.objectContaining({ kind: 'refuse', code })
