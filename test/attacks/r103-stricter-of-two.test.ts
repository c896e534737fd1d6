import {
  MeDocument,
  ReadOrganizationDocument,
  SelectOrganizationDocument,
  SignInDocument,
  type OrganizationMfaPolicyInput,
} from '../../schema/generated/graphql.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { bringIn, OPTIONAL, REQUIRED, setPolicy, tenant, type Tenant } from '../support/organizations.js'
import { PASSKEY_ENV } from '../support/passkeys.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'

/** What an organization may require of its members, weakest first. */
const POLICIES: readonly (readonly [string, OrganizationMfaPolicyInput])[] = [
  ['nothing', OPTIONAL],
  ['a second factor', REQUIRED],
  ['a passkey', { ...OPTIONAL, roles: [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }] }],
]
const PAIRS = POLICIES.flatMap(([one, ofAcme], i) =>
  POLICIES.map(([other, ofRival], j) => ({ one, other, ofAcme, ofRival, asked: [i, j] as const })),
)
/**
 * What a session is told and a sign-in leads to, by the organization's requirement, for a member with nothing or an
 * app.
 */
const TO_ENROL = 'MFA_ENROLLMENT_REQUIRED'
const OF_BARE = [null, TO_ENROL, TO_ENROL]
const OF_APP = [null, null, TO_ENROL]
const ARRIVING = ['SignedIn', 'MfaEnrollmentRequired', 'MfaEnrollmentRequired']

describe.each(STORES)('R103 a member of two organizations, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant
  let rival: Tenant
  let bare: { readonly email: string; readonly client: Client }
  let app: typeof bare

  beforeAll(async () => {
    gateway = await startGateway({ store, env: PASSKEY_ENV })
    acme = await tenant(gateway, 'Acme')
    rival = await tenant(gateway, 'Rival')
    const email = await registered(gateway)
    bare = { email, client: (await signIn(gateway, email)).client }
    app = await withTotp(gateway)
    for (const person of [bare, app]) for (const where of [acme, rival]) await bringIn(gateway, where, person)
  })
  afterAll(() => gateway.close())

  it.each(PAIRS)(
    "follows each one's own rule in its sessions, where one requires $one and the other $other",
    async (pair) => {
      dataOf(await setPolicy(gateway, acme, pair.ofAcme))
      dataOf(await setPolicy(gateway, rival, pair.ofRival))
      for (const [organizationId, asked] of [
        [acme.id, pair.asked[0]],
        [rival.id, pair.asked[1]],
      ] as const) {
        for (const [{ client }, told] of [
          [bare, OF_BARE],
          [app, OF_APP],
        ] as const) {
          dataOf(await client.send(SelectOrganizationDocument, { input: { organizationId } }))
          expect(codeOf(await client.send(ReadOrganizationDocument))).toBe(told[asked])
          // Their own account is theirs, whatever the organization requires.
          expect(codeOf(await client.send(MeDocument))).toBeNull()
        }
        const input = { email: bare.email, password: PASSWORD, organizationId }
        const { signIn: arrived } = dataOf(await gateway.client().send(SignInDocument, { input }))
        expect(arrived.__typename).toBe(ARRIVING[asked])
      }
    },
  )
})
