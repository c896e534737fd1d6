import {
  AUDIT_ACTIONS,
  auditActorOf,
  describeAuditActions,
  type AuditMetadata,
  type AuditRisk,
} from '../../src/audit/index.js'
import { describeEvent } from '../../src/audit/describe-event.js'
import { ANONYMOUS } from '../../src/kernel/actor.js'
import { aRequest, anEvent } from './support/audit-world.js'

const stamp = {
  id: 'event-1',
  now: new Date('2026-03-01T12:00:00Z'),
  countryOf: (address: string) => (address === '203.0.113.9' ? 'NL' : null),
  newSalt: () => 'salt',
}
const origin = aRequest().origin

/** What the event says, whether it can be erased or not. */
function wholeMetadata(metadata: AuditMetadata) {
  const { metadata: plain, details } = describeEvent(anEvent({ metadata }), stamp)
  return { ...plain, ...details }
}

describe('what goes into an audit event', () => {
  it('has every part, with null for what is absent', () => {
    expect(describeEvent(anEvent({ context: null }), stamp)).toEqual({
      id: 'event-1',
      action: 'challenge.passed',
      version: 3,
      occurredAt: stamp.now,
      actor: anEvent().actor,
      targets: anEvent().targets,
      organizationId: null,
      outcome: 'SUCCESS',
      reason: null,
      risk: null,
      context: null,
      metadata: {},
      details: null,
      commitments: { origin: null, details: null },
      salts: { origin: null, details: null },
    })
  })

  it('takes its context from the request', () => {
    expect(describeEvent(anEvent(), stamp).context).toEqual({
      ip: '203.0.113.9',
      country: 'NL',
      userAgent: 'Mozilla/5.0',
      deviceId: null,
      sessionId: null,
      requestId: 'request-1',
      operationName: 'VerifyChallenge',
      operationHash: 'abc',
    })
  })

  it.each([
    ['line breaks', 'good\r\n2026-03-01 ERROR forged', 'good 2026-03-01 ERROR forged'],
    ['colours of a terminal', 'a\u001B[31mred\u001B[0mb', 'aredb'],
    ['a terminal title', 'a\u001B]0;title\u0007b', 'ab'],
    ['eight-bit terminal sequences', 'a\u009B31mb', 'ab'],
    ['text that changes direction', 'abc\u202Efed', 'abc fed'],
    ['line separators', 'a\u2028b\u0085c', 'a b c'],
    ['nothing but controls', '\u0000\u0007\u007F', ''],
    ['half a surrogate pair', 'a\uD83Db', 'a\uFFFDb'],
  ])('strips %s from a user agent', (_, userAgent, kept) => {
    const context = aRequest({ origin: { ...origin, userAgent } })
    expect(describeEvent(anEvent({ context }), stamp).context?.userAgent).toBe(kept)
  })

  it('bounds what the caller can make long', () => {
    const long = 'x'.repeat(100_000)
    const context = aRequest({ origin: { ...origin, userAgent: long }, operation: { name: long, hash: long } })
    const event = describeEvent(anEvent({ context, reason: long, metadata: { name: long, list: [long] } }), stamp)
    expect(JSON.stringify(event).length).toBeLessThan(2500)
  })

  it('blanks metadata whose name sounds like a secret', () => {
    const metadata = { newPassword: 'a', code: '123456', mfaToken: 'c', clientSecret: 'd', codesLeft: 3 }
    expect(wholeMetadata(metadata)).toEqual({
      newPassword: '[removed]',
      code: '[removed]',
      mfaToken: '[removed]',
      clientSecret: '[removed]',
      codesLeft: 3,
    })
  })

  it('keeps metadata that every store can hold', () => {
    const metadata = { 'a.b': 1, $c: 2, ['__proto__']: 3, nan: NaN, when: stamp.now, many: ['a\nb', 1, null] }
    expect(wholeMetadata(metadata)).toEqual({
      ab: 1,
      c: 2,
      proto__: 3,
      nan: null,
      when: '2026-03-01T12:00:00.000Z',
      many: ['a b', 1, null],
    })
  })

  it('keeps the facts of a contribution as plain values that every store can hold', () => {
    const facts = { km: 4200, by: 'a\nb', 'x.y': true, far: NaN, long: 'x'.repeat(10_000) }
    const risk: AuditRisk = {
      verdict: 'ALLOW',
      level: 'LOW',
      score: 1,
      contributions: [
        { code: 'RULE_IMPOSSIBLE_TRAVEL', nats: Infinity, facts },
        { code: 'NETWORK_NEW', nats: 1, facts: null },
      ],
    }
    expect(describeEvent(anEvent({ risk }), stamp).risk?.contributions).toEqual([
      {
        code: 'RULE_IMPOSSIBLE_TRAVEL',
        nats: 0,
        facts: { km: 4200, by: 'a b', xy: true, far: null, long: expect.any(String) },
      },
      { code: 'NETWORK_NEW', nats: 1 },
    ])
    expect(JSON.stringify(describeEvent(anEvent({ risk }), stamp)).length).toBeLessThan(2500)
  })

  it('names an anonymous caller as such', () => {
    expect(auditActorOf(ANONYMOUS)).toEqual({ id: null, type: 'ANONYMOUS' })
  })
})

describe('the list of actions', () => {
  it('describes every action in one sentence', () => {
    for (const { action, means } of describeAuditActions()) {
      expect(action).toMatch(/^[a-z_]+\.[a-z_]+$/)
      expect(means).toMatch(/^[A-Z][^.]*\.$/)
    }
    expect(describeAuditActions().length).toBe(Object.keys(AUDIT_ACTIONS).length)
  })

  it.each([
    'authn_login_success',
    'authn_login_fail',
    'authn_login_fail_max',
    'authn_login_lock',
    'authn_impossible_travel',
    'authn_token_created',
    'authn_token_revoked',
    'authn_token_reuse',
    'authz_fail',
    'authz_change',
    'authz_admin',
    'session_created',
    'session_renewed',
    'session_expired',
    'session_logout',
    'session_use_after_expire',
  ])('has a word for %s of the OWASP logging vocabulary', (name) => {
    expect(describeAuditActions().some(({ owasp }) => owasp.includes(name))).toBe(true)
  })
})
