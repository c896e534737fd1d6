import type { SessionActor } from '../../src/kernel/actor.js'
import type { AccountId, FactorId, SessionId } from '../../src/kernel/ids.js'
import type { RequestContext } from '../../src/kernel/request-context.js'
import { inEnglish } from '../../src/messages/index.js'
import { OPEN_RULES } from '../../test/support/mfa-rules.js'

/** A signed-in account that has just verified a TOTP factor. */
export function provedActor(now: Date): SessionActor {
  const factorId = 'factor' as FactorId
  const times = { createdAt: now, activatedAt: now, lastUsedAt: now }
  return Object.freeze({
    kind: 'session' as const,
    accountId: 'account' as AccountId,
    sessionId: 'session' as SessionId,
    deviceId: null,
    state: 'active' as const,
    admits: null,
    choosing: false,
    roles: [],
    signedInAt: now,
    proofs: [{ factorId, type: 'TOTP' as const, provedAt: now, methods: null }],
    operationProof: null,
    factors: [
      {
        id: factorId,
        type: 'TOTP' as const,
        name: 'Phone',
        status: 'ACTIVE' as const,
        codesLeft: null,
        hint: null,
        expiresAt: null,
        ...times,
      },
    ],
    reEnrollSince: null,
    mfaRules: OPEN_RULES,
    rememberedWith: null,
    onRememberedDevice: false,
    organizationId: null,
    memberships: {},
  })
}

/** The context of a new request. */
export function contextFor(actor: SessionActor): RequestContext {
  const nothing = (): void => undefined
  return {
    requestId: 'request',
    actor,
    viewer: null,
    origin: { address: '', userAgent: '', clientHints: { brands: '', mobile: '', platform: '' }, language: '' },
    jar: {
      setSession: nothing,
      clearSession: nothing,
      deviceToken: () => null,
      deviceProof: () => null,
      linkClient: () => null,
      setLinkClient: () => undefined,
      setDevice: nothing,
      clearDevice: nothing,
    },
    operation: null,
    access: null,
    say: ({ id }) => inEnglish(id),
    isGone: () => false,
    afterAnswer: nothing,
  }
}
