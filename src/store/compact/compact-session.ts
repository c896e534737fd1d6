import type { ChallengedSession } from '../../challenges/index.js'
import { shortFingerprint } from '../../devices/index.js'
import type { FactorId, SessionId } from '../../kernel/ids.js'
import type { Session, StepUpContext } from '../../sessions/index.js'
import type { Value } from '../collection.js'
import { compactIds, readIds } from './compact-ids.js'
import { compactProofs, readProofs } from './compact-proofs.js'
import { packSession, unpackSession, type SessionFacts } from './pack-session.js'
import { withoutEmpty } from './without-empty.js'

type Stored = Readonly<Record<string, unknown>>

/** A session as it is stored: what updates name, each by itself, and the rest as one text. */
export function compactSession(session: ChallengedSession): Value {
  const { id, signInId, transport, admits, proofs, stepUps, ...rest } = session
  const { firstFactor, signedInAt, provedFrom, arrivedBy, fingerprint, address, userAgent, ...named } = rest
  const facts: SessionFacts = { firstFactor, signedInAt, provedFrom, arrivedBy, fingerprint, address, userAgent }
  const text = packSession(facts)
  return withoutEmpty({
    ...named,
    ...(text === null ? facts : { packed: text }),
    signInId: signInId === (session.replaces ?? id) ? null : signInId,
    transport: transport === USUAL.transport ? null : transport,
    admits: admits && compactIds(admits),
    proofs: compactProofs(proofs),
    stepUps: mapped(stepUps, (context) => compactStepUp(context, admits)),
  })
}

/** A step-up context as it is stored. The one of a sign-in admits the same factors as its session. */
export const compactStepUp = (
  { forOperationOnly, factorIds, ...named }: StepUpContext,
  admits: Session['admits'] = null,
) =>
  withoutEmpty({
    ...named,
    forOperationOnly: forOperationOnly || null,
    factorIds: factorIds.join() === admits?.join() ? AS_SESSION : compactIds(factorIds),
  })

/** The session, from its stored form or from an older, larger one. What is stored by itself overrules the text. */
export function readSession(id: SessionId, stored: Stored): ChallengedSession {
  const { packed: text, ...named } = stored
  const facts = typeof text === 'string' ? unpackSession(text) : null
  const isReadable = facts !== null || text === undefined
  const isRetired = facts === null && named['firstFactor'] === undefined
  const session = { ...USUAL, ...facts, ...named, id } as unknown as ChallengedSession
  const { replaces, admits, proofs, stepUps, fingerprint } = session
  const signInId = named['signInId'] === undefined ? (replaces ?? id) : session.signInId
  const admitted = isRetired ? [] : admits === null ? null : readIds<FactorId>(admits)
  return {
    ...session,
    signInId,
    admits: admitted,
    proofs: readProofs(proofs),
    stepUps: mapped(stepUps, (context) => readStepUp(context as unknown as Stored, admitted)),
    fingerprint: shortFingerprint(fingerprint),
    ...(isRetired ? { isRetired } : {}),
    // What cannot be read opens nothing.
    ...(isReadable ? {} : { endsAt: NEVER }),
  }
}

function readStepUp(stored: Stored, admits: Session['admits']): StepUpContext {
  const { factorIds } = stored
  const context = { operationHash: null, forOperationOnly: false, ...stored } as unknown as StepUpContext
  return { ...context, factorIds: factorIds === AS_SESSION ? (admits ?? NO_FACTOR) : readIds(context.factorIds) }
}

/** For the factors of a step-up: those that its session admits. */
const AS_SESSION = true
/** An empty list would admit every factor. */
const NO_FACTOR = ['' as FactorId]
const NEVER = new Date(0)

/** What a session is taken for where its stored form says nothing: the least it could be. */
const USUAL = {
  firstFactor: 'EXTERNAL_MESSAGE',
  firstMethods: null,
  authentication: null,
  organizationId: null,
  state: 'pending',
  admits: null,
  choosing: null,
  transport: 'COOKIE',
  refresh: null,
  signedInAt: NEVER,
  lastSeenAt: NEVER,
  endsAt: NEVER,
  proofs: {},
  operationProof: null,
  stepUps: {},
  challenges: {},
  deviceId: null,
  provedFrom: {
    observation: {
      ...{ country: null, network: null, prefix: null, subnet: null, host: null, networkClass: null, place: null },
      ...{ agent: { system: 0, browser: 0, major: null }, language: null, timeZone: null, device: null },
    },
    provedAt: NEVER,
  },
  arrivedBy: { score: 0, isRuled: true, deviceToken: 'none', fingerprintBin: null },
  fingerprint: {},
  address: '',
  userAgent: '',
} as const satisfies Partial<Session> & Partial<ChallengedSession>

const mapped = <T, R>(map: Readonly<Record<string, T>>, change: (value: T, key: FactorId) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key as FactorId)]))
