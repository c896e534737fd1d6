import type { Factor, FactorKind } from '../../src/factors/index.js'
import type { RelyingParty } from '../../src/factors/webauthn/index.js'
import { newId, type AccountId, type FactorId } from '../../src/kernel/ids.js'
import { softPasskey, type SoftPasskeySettings } from '../support/soft-passkey.js'
import { CONTEXT, factorOf, judge, NO_ANSWER, NOW } from './world.js'

export const RELYING_PARTY: RelyingParty = {
  rpId: 'localhost',
  name: 'Stepgate',
  origins: ['http://localhost:4000'],
  topOrigins: [],
  attestationRoots: null,
}

/** Requests a new passkey, without a challenge around it. */
export async function askForPasskey(kind: FactorKind, accountId: AccountId, factor: Factor) {
  const about = { accountId, factor, factors: [factor], challengeId: newId<never>(), label: 'ada@example.com' }
  const by = { purpose: 'ENROLLMENT', isKnownCaller: true, ownMailbox: null } as const
  const asked = await kind.ask?.({ ...about, ...by, language: null, context: CONTEXT, now: NOW })
  if (asked?.kind !== 'asked') throw new Error('nothing was asked')
  return { question: asked.question, options: asked.shown.webauthn ?? {}, challengeId: about.challengeId }
}

/** A factor whose passkey was created and proved, with everything that was sent. */
export async function registerPasskey(
  kind: FactorKind,
  owner: AccountId = newId(),
  waiting: Factor = factorOf(kind, newId<FactorId>(), {}),
  settings: Partial<SoftPasskeySettings> = {},
) {
  const passkey = softPasskey({ origin: RELYING_PARTY.origins[0] ?? '', ...settings })
  const { question, options, challengeId } = await askForPasskey(kind, owner, waiting)
  const created = passkey.create(options)
  const answer = { ...NO_ANSWER, webauthn: created }
  const judged = await judge(kind, {
    accountId: owner,
    factor: waiting,
    challengeId,
    question,
    answer,
    now: NOW,
    purpose: 'ENROLLMENT',
  })
  if (judged.kind !== 'right') throw new Error('the passkey was not registered')
  return {
    owner,
    passkey,
    waiting,
    challengeId,
    question,
    created,
    factor: { ...waiting, material: judged.advance.set },
  }
}
