import { SignInDocument, type OrganizationMfaPolicyInput } from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { CHROME, codeOf, type Client } from '../support/client.js'
import { withSms } from '../support/factors.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { bringIn, OPTIONAL, setPolicy, tenant } from '../support/organizations.js'
import { PASSWORD, withTotp } from '../support/person.js'

/** The lowest values that an organization may set. */
const LOWEST: OrganizationMfaPolicyInput = {
  ...OPTIONAL,
  allowRememberedDevices: false,
  riskThresholds: { low: -20, medium: 0, high: 4 },
}

describe.each(STORES)('R136 the risk thresholds of a hostile organization, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback' } })

  const unusual = (address: string) =>
    gateway.client({ userAgent: CHROME, headers: { 'x-forwarded-for': address, 'accept-language': 'pt' } })
  /** What a sign-in leads to: a code, or the kinds of factor that may answer. */
  async function told(client: Client, email: string, password = PASSWORD) {
    const answer = await client.send(SignInDocument, { input: { email, password, transport: 'COOKIE' } })
    const result = answer.data?.signIn
    if (result?.__typename !== 'MfaRequired') return codeOf(answer) ?? result?.__typename
    return result.stepUp.challenge.map(({ type }) => type)
  }

  it.each([
    ['an authenticator app', () => withTotp(gateway)],
    ['a telephone', () => withSms(gateway)],
  ])(
    'lock no one out of an account with %s: an unusual sign-in gets the same answer as without them',
    async (_, make) => {
      const [member, free] = [await make(), await make()]
      const hostile = await tenant(gateway)
      await bringIn(gateway, hostile, member)
      expect((await setPolicy(gateway, hostile, LOWEST)).errors).toEqual([])
      const answers = async (email: string) => {
        const first = await told(unusual('203.0.113.77'), email)
        for (let nth = 0; nth < 3; nth += 1) await told(unusual('203.0.113.99'), email, 'another long passphrase')
        return [first, await told(unusual('192.0.2.9'), email)]
      }
      const expected = await answers(free.email)
      expect(await answers(member.email)).toEqual(expected)
      expect(expected[0]).toContain('RECOVERY_CODE')
      expect(expected[0]).toHaveLength(2)
    },
  )
})
