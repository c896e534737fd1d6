import {
  NOTHING_SHOWN,
  type Answer,
  type AskRequest,
  type Factor,
  type FactorKind,
  type JudgeRequest,
  type Judgement,
  type Material,
  type Question,
  type QuestionShown,
} from '../../src/factors/index.js'
import type { MaterialAdvance } from '../../src/kernel/material-advance.js'
import { newId, type AccountId, type FactorId } from '../../src/kernel/ids.js'
import { createKeyRing } from '../../src/kernel/key-ring.js'
import { createSecrets, type Secrets } from '../../src/kernel/secrets.js'

export const NOW = new Date('2026-03-02T09:00:10.000Z')

export const secretsOf = (...masters: readonly string[]): Secrets =>
  createSecrets(createKeyRing(masters.map((id) => ({ id, secret: Buffer.alloc(32, id) }))))

export const NO_ANSWER: Answer = { code: null, recoveryCode: null, webauthn: null }

export const codeAnswer = (code: string): Answer => ({ ...NO_ANSWER, code })

/** Judges an answer to a sign-in challenge, unless the request says otherwise. */
export const judge = (
  kind: FactorKind,
  request: Pick<JudgeRequest, 'accountId' | 'factor' | 'answer' | 'now'> & Partial<JudgeRequest>,
): Promise<Judgement> => kind.judge({ challengeId: CHALLENGE, purpose: 'SIGN_IN', question: NO_QUESTION, ...request })

const CHALLENGE = newId<JudgeRequest['challengeId']>()
const NO_QUESTION: Question = {}

/** The requesting client, in unit tests of factor kinds. */
export const CONTEXT: AskRequest['context'] = {
  requestId: 'request',
  origin: {
    address: '203.0.113.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
    clientHints: { brands: '', mobile: '', platform: '' },
    language: 'en',
  },
  operation: null,
  sessionId: null,
  deviceId: null,
}

/** One question about a factor, asked and sent; empty for kinds without questions. */
export interface AskedQuestion {
  readonly challengeId: JudgeRequest['challengeId']
  readonly question: Question
  readonly shown: QuestionShown
}

/** Asks about a factor and sends the message, without budgets. */
export async function askAbout(kind: FactorKind, owner: AccountId, factor: Factor): Promise<AskedQuestion> {
  if (!kind.ask) return { challengeId: CHALLENGE, question: NO_QUESTION, shown: NOTHING_SHOWN }
  const challengeId = newId<JudgeRequest['challengeId']>()
  const about = { accountId: owner, factor, factors: [factor], challengeId, purpose: 'SIGN_IN' } as const
  const by = { isKnownCaller: false, ownMailbox: null } as const
  const asked = await kind.ask({
    ...about,
    ...by,
    label: 'ada@example.com',
    language: null,
    context: CONTEXT,
    now: NOW,
  })
  if (asked.kind !== 'asked') throw new Error('the factor is paused')
  await asked.message?.send()
  return { challengeId, question: asked.question, shown: asked.shown }
}

/** The input of an enrolment. */
export interface Given {
  readonly phoneNumber?: string
  readonly emailAddress?: string
}

/** Begins an enrolment that is expected to begin. */
async function begun(kind: FactorKind, owner: AccountId, factorId: FactorId, given: Given = {}) {
  const { phoneNumber = null, emailAddress = null } = given
  const request = { accountId: owner, factorId, label: 'ada@example.com', phoneNumber, emailAddress, now: NOW }
  const beginning = await kind.begin(request)
  if (beginning.kind !== 'begun') throw new Error(`the enrolment did not begin: ${beginning.field}`)
  return beginning
}

/** An active factor of a kind, with what was shown of it. */
export async function enrolled(kind: FactorKind, owner: AccountId = newId(), given: Given = {}) {
  const factorId = newId<FactorId>()
  const { material, reveal } = await begun(kind, owner, factorId, given)
  return { owner, reveal, factor: factorOf(kind, factorId, material) }
}

export function factorOf(kind: FactorKind, id: FactorId, material: Material): Factor {
  return {
    id,
    type: kind.type,
    name: kind.defaultName,
    status: 'ACTIVE',
    createdAt: NOW,
    activatedAt: NOW,
    lastUsedAt: null,
    expiresAt: null,
    hint: null,
    replaces: null,
    consecutiveFailures: 0,
    material,
  }
}

/** The material after an advance, as a store applies it; null when its guard does not hold. */
export function advanced(material: Material, { where, set, unset }: MaterialAdvance): Material | null {
  const holds = Object.entries(where).every(([path, condition]) => {
    const value = valueAt(material, path)
    if (typeof condition !== 'object' || condition === null || condition instanceof Date) return value === condition
    if ('$exists' in condition) return (value !== undefined) === condition.$exists
    return typeof value === 'number' && value < condition.$lt
  })
  if (!holds) return null
  const copy = structuredClone(material) as Record<string, unknown>
  for (const [path, value] of Object.entries(set)) parentOf(copy, path)[lastOf(path)] = value
  for (const path of unset) Reflect.deleteProperty(parentOf(copy, path), lastOf(path))
  return copy as Material
}

const lastOf = (path: string): string => path.split('.').at(-1) ?? ''

function parentOf(material: Record<string, unknown>, path: string): Record<string, unknown> {
  return path
    .split('.')
    .slice(0, -1)
    .reduce((at, key) => at[key] as Record<string, unknown>, material)
}

function valueAt(material: Material, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], material)
}
