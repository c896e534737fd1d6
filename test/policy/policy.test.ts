import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { inEnglish } from '../../src/messages/index.js'
import type { Actor } from '../../src/kernel/actor.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { codesOf, contextOf, factor, policyOver, proof, SERVICE, session, stepUpOf, SETTINGS } from './support.js'
import { OPEN_RULE, OPEN_RULES } from '../support/mfa-rules.js'

const SDL = `
  type Query {
    news: String @guard(access: PUBLIC)
    me: String @guard
    report: String @guard(access: ADMIN, reportOnly: true)
    subject: String @guard(access: SERVICE)
    salary: String @guard(assurance: MFA, withinSeconds: 300, purpose: "profile.read")
  }
  type Mutation {
    changeEmail: String @guard(assurance: MFA, withinSeconds: 300, purpose: "email.change")
    transfer(amount: Int, to: String): String @guard(assurance: MFA, withinSeconds: 0, purpose: "money.transfer")
  }
`
const anonymous: Actor = { kind: 'anonymous' }
const unmet = session({ factors: [factor('TOTP')] })
const met = session({ factors: [factor('TOTP')], proofs: [proof('TOTP', 10)] })

const resolvers = {
  Query: { news: () => 'news', me: () => 'me', report: () => 'report', subject: () => 'ada', salary: () => '100' },
  Mutation: { changeEmail: () => 'changed', transfer: () => 'sent' },
}

describe('the policy', () => {
  it('lets an operation run if the caller has proved everything it requires', async () => {
    const { run } = policyOver(SDL, resolvers)
    expect(await run(anonymous, '{ news }')).toEqual({ data: { news: 'news' } })
    expect(await run(met, 'mutation { changeEmail }')).toEqual({ data: { changeEmail: 'changed' } })
  })

  it('refuses the whole operation before any of it runs', async () => {
    let ran = 0
    const count = () => String((ran += 1))
    const { run } = policyOver(SDL, { Query: { me: count, salary: count } })
    const result = await run(unmet, '{ me salary }')
    expect(codesOf(result)).toEqual(['STEP_UP_REQUIRED'])
    expect(result.data).toBeUndefined()
    expect(ran).toBe(0)
  })

  it('assesses no risk and opens no step-up for a service, and records its refusals', async () => {
    const { run, refusal, recorded, opened } = policyOver(SDL, resolvers, {
      risk: { assess: () => Promise.reject(new Error('a service has no session to judge')) },
    })
    expect(await run(SERVICE, '{ subject }')).toEqual({ data: { subject: 'ada' } })
    expect(await run(SERVICE, '{ news subject }')).toEqual({ data: { news: 'news', subject: 'ada' } })
    for (const document of [
      '{ me }',
      '{ subject me }',
      '{ salary }',
      'mutation { transfer }',
      'mutation { changeEmail }',
    ])
      expect((await refusal(SERVICE, document))?.code).toBe('FORBIDDEN')
    expect(await run(SERVICE, '{ report subject }')).toEqual({ data: { report: 'report', subject: 'ada' } })
    expect(opened).toEqual([])
    expect(recorded.map(({ actor, code, enforced }) => [actor, code, enforced])).toEqual(
      Array.from({ length: 5 }, () => [SERVICE, 'FORBIDDEN', true]),
    )
  })

  it('requires a step-up as in RFC 9470, with a message for people and details for clients', async () => {
    const { refusal, opened, policy } = policyOver(SDL)
    const refused = await refusal(unmet, 'mutation { changeEmail }')
    expect(refused?.message).toBe('Confirm it is you to change your e-mail address.')
    expect(refused?.extensions).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      http: { status: 401 },
      stepUp: {
        error: 'insufficient_user_authentication',
        assurance: 'MFA',
        acrValues: ['urn:stepgate:acr:mfa'],
        maxAge: 300,
        reason: 'MFA_MISSING',
        purpose: 'email.change',
        paths: ['changeEmail'],
        challenge: [{ factorId: 'TOTP', type: 'TOTP', name: 'My TOTP' }],
        enroll: [],
        mfaToken: 'mfa-token',
        expiresAt: '2030-01-01T12:05:00.000Z',
      },
    })
    const { headers } = refused?.extensions['http'] as { headers: Map<string, string> }
    expect(headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_user_authentication", ' +
        'error_description="Confirm it is you to change your e-mail address.", ' +
        'acr_values="urn:stepgate:acr:mfa", max_age=300',
    )
    expect(opened).toMatchObject([{ actor: unmet, need: { paths: ['changeEmail'] } }])
    expect(policy.accessTable()).toHaveLength(7)
  })

  it('removes characters that the header does not allow from application messages', async () => {
    const messages = { 'email.change': 'E‑Mail "ändern"\r\nX-Evil: 1\\' }
    const { refusal } = policyOver(SDL, {}, { settings: { ...SETTINGS, messages } })
    const refused = await refusal(unmet, 'mutation { changeEmail }')
    const { headers } = refused?.extensions['http'] as { headers: Map<string, string> }
    expect(headers.get('www-authenticate')).toContain('error_description="EMail ndernX-Evil: 1", ')
  })

  it('has a message for unknown purposes and for accounts without a usable factor', async () => {
    const { refusal } = policyOver(
      'type Query { a: Int @guard(assurance: MFA, purpose: "toString") b: Int @guard(strongest: true, withinSeconds: 60) }',
    )
    expect((await refusal(unmet, '{ a }'))?.message).toBe('Confirm it is you to continue.')
    expect((await refusal(session(), '{ b }'))?.message).toBe('Confirm it is you to continue.')
    const disabled = session({
      factors: [factor('TOTP', { status: 'DISABLED' })],
      mfaRules: { ...OPEN_RULES, account: { ...OPEN_RULE, methods: [] } },
    })
    expect(
      (
        await policyOver(
          'type Query { b: Int @guard(strongest: true) }',
          {},
          {
            settings: { riskProofSeconds: 300, assurances: USUAL_ASSURANCES, inEnglish },
          },
        ).refusal(disabled, '{ b }')
      )?.message,
    ).toBe('Sign in again to continue.')
  })

  it('opens the step-up that finishes the sign-in for pending sessions', async () => {
    const { refusal } = policyOver(SDL)
    const refused = await refusal({ ...unmet, state: 'pending' }, '{ me }')
    expect(refused?.code).toBe('MFA_REQUIRED')
    expect(stepUpOf(refused)).toMatchObject({ mfaToken: 'mfa-token', paths: ['me'], challenge: [{ type: 'TOTP' }] })
  })

  it('answers anonymous callers with a plain challenge and writes nothing', async () => {
    const { refusal, opened, recorded } = policyOver(SDL)
    const refused = await refusal(anonymous, '{ salary }')
    expect(refused?.code).toBe('UNAUTHENTICATED')
    expect(refused?.extensions['stepUp']).toBeUndefined()
    expect([opened, recorded]).toEqual([[], []])
  })

  it('measures the age of proofs at the time of the request', async () => {
    const { refusal, clock } = policyOver(SDL)
    clock.advance(290)
    expect(await refusal(met, '{ salary }')).toBeNull()
    clock.advance(1)
    expect((await refusal(met, '{ salary }'))?.code).toBe('STEP_UP_REQUIRED')
  })

  it('records the refusals of sessions', async () => {
    const { refusal, recorded } = policyOver(SDL)
    await refusal(unmet, '{ salary }')
    expect(recorded).toMatchObject([
      { code: 'STEP_UP_REQUIRED', paths: ['salary'], purpose: 'profile.read', enforced: true, riskId: null },
    ])
    expect(recorded[0]?.context.operation?.hash).toMatch(/^[\w-]{43}$/)
  })

  it('records what report-only guards would have refused, and allows the operation', async () => {
    const { run, recorded } = policyOver(SDL, resolvers)
    expect(await run(session(), '{ me report }')).toEqual({ data: { me: 'me', report: 'report' } })
    expect(recorded).toMatchObject([{ code: 'FORBIDDEN', paths: ['report'], enforced: false }])
    expect(await run(anonymous, '{ report }')).toEqual({ data: { report: 'report' } })
    expect(recorded).toHaveLength(1)
  })

  it('identifies the operation on the request context', async () => {
    const { run } = policyOver(SDL, resolvers)
    const context = contextOf(met)
    await run(met, 'query Mine { me }', { context })
    expect(context.operation).toMatchObject({ name: 'Mine' })
  })

  it('revokes the grant of an earlier operation on the same context', async () => {
    const { run } = policyOver(SDL, resolvers)
    const context = contextOf(unmet)
    await run(unmet, '{ me }', { context })
    expect(context.access).not.toBeNull()
    await run(unmet, '{ salary }', { context })
    expect(context.access).toBeNull()
  })

  describe('with risk', () => {
    const assessing = (risk: { level: 'LOW' | 'HIGH'; verdict: 'ALLOW' | 'CHALLENGE' | 'BLOCK' }) => {
      let assessed = 0
      const assess = async () => {
        assessed += 1
        return { id: 'risk-1', provedHere: true, ...risk }
      }
      return { ...policyOver(SDL, resolvers, { risk: { assess } }), assessed: () => assessed }
    }

    it('assesses guarded operations of sessions only', async () => {
      const { run, assessed } = assessing({ level: 'LOW', verdict: 'ALLOW' })
      await run(anonymous, '{ news }')
      await run(anonymous, '{ salary }')
      await run(met, '{ me news }')
      expect(assessed()).toBe(0)
      await run(met, '{ salary }')
      expect(assessed()).toBe(1)
    })

    it('shows a blocked caller only a reference', async () => {
      const { refusal, opened, recorded } = assessing({ level: 'HIGH', verdict: 'BLOCK' })
      const refused = await refusal(met, '{ salary }')
      expect(Object.keys(refused?.extensions ?? {}).sort()).toEqual(['code', 'http', 'messageId', 'reference'])
      expect(refused?.extensions).toMatchObject({ code: 'RISK_BLOCKED', reference: 'risk-1' })
      expect(opened).toEqual([])
      expect(recorded).toMatchObject([{ code: 'RISK_BLOCKED', riskId: 'risk-1' }])
    })
  })

  describe('with a proof for one operation', () => {
    const text = 'mutation T($amount: Int, $to: String) { transfer(amount: $amount, to: $to) }'
    const toA = { amount: 100, to: 'A' }

    async function held() {
      const spent = new Set<string>()
      const spend = async (_actor: unknown, hash: string) => {
        await Promise.resolve()
        return !spent.has(hash) && spent.add(hash).has(hash)
      }
      const under = policyOver(SDL, resolvers, { operationProofs: { spend } })
      await under.refusal(met, text, { variables: toA })
      const operationHash = under.opened[0]?.operationHash ?? ''
      const actor = { ...met, operationProof: { operationHash, proof: proof('TOTP', 1) } }
      return { ...under, actor, spent }
    }

    it('runs the operation that the proof was made for', async () => {
      const { run, actor, spent } = await held()
      expect(await run(actor, text, { variables: toA })).toEqual({ data: { transfer: 'sent' } })
      expect(spent.size).toBe(1)
    })

    it('does not run another operation (R084)', async () => {
      const { refusal, actor, spent } = await held()
      const refused = await refusal(actor, text, { variables: { amount: 9999, to: 'B' } })
      expect(refused?.code).toBe('STEP_UP_REQUIRED')
      expect(stepUpOf(refused).maxAge).toBe(0)
      expect(spent.size).toBe(0)
    })

    it('runs exactly one of 200 concurrent requests', async () => {
      const { run, actor } = await held()
      const results = await Promise.all(Array.from({ length: 200 }, () => run(actor, text, { variables: toA })))
      expect(results.filter(({ data }) => data?.['transfer'] === 'sent')).toHaveLength(1)
      expect(results.flatMap(codesOf)).toEqual(Array.from({ length: 199 }, () => 'STEP_UP_REQUIRED'))
    })
  })

  describe('when a store is down', () => {
    const down = async () => {
      throw new Unavailable('store')
    }

    it.each([
      ['risk', { risk: { assess: down } }, met, '{ salary }'],
      ['step-up contexts', { stepUps: { open: down } }, unmet, '{ salary }'],
      ['the audit log', { refusals: { record: down } }, unmet, '{ salary }'],
      ['the audit log of reports', { refusals: { record: down } }, met, '{ report }'],
    ])('answers UNAVAILABLE and runs nothing: %s', async (_, deps, actor, text) => {
      const { run } = policyOver(SDL, resolvers, deps)
      const context = contextOf(actor)
      const result = await run(actor, text, { context })
      expect(codesOf(result)).toEqual(['UNAVAILABLE'])
      expect(context.access).toBeNull()
    })

    it('answers UNAVAILABLE and runs nothing: proofs for one operation', async () => {
      const { run, policy } = policyOver(SDL, resolvers, { operationProofs: { spend: down } })
      expect(policy).toBeDefined()
      const context = contextOf(met)
      await run(met, 'mutation { transfer }', { context })
      const operationHash = context.operation?.hash ?? ''
      const actor = { ...met, operationProof: { operationHash, proof: proof('TOTP', 1) } }
      expect(codesOf(await run(actor, 'mutation { transfer }'))).toEqual(['UNAVAILABLE'])
    })

    it('passes other faults on and runs nothing', async () => {
      const assess = async () => {
        throw new TypeError('a bug')
      }
      const { run } = policyOver(SDL, resolvers, { risk: { assess } })
      const context = contextOf(met)
      await expect(run(met, '{ salary }', { context })).rejects.toThrow(TypeError)
      expect(context.access).toBeNull()
    })
  })
})
