import { MeDocument, SignInDocument } from '../../schema/generated/graphql.js'
import { dataOf, type Client } from './client.js'
import type { TestGateway } from './gateway.js'
import { enrollPasskey, ORIGIN, PASSKEY_ENV } from './passkeys.js'
import { PASSWORD, stepUp, withTotp, type Authenticator } from './person.js'
import { softPasskey } from './soft-passkey.js'

/** The limits of an account by default. */
const SESSIONS = 20
const PASSKEYS = 9

/** Every sign-in needs a second factor, and limits do not get in the way. */
export const FULL_PERSON_ENV = {
  ...PASSKEY_ENV,
  STEPGATE_RISK_MODE: 'REPORT_ONLY',
  STEPGATE_SIGN_IN_RATE: '100000/900',
}

const userAgentOf = (nth: number): string =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${110 + nth}.0.0.0 Safari/537.36`

const ATTRIBUTES = ['timeZone', 'screen', 'platform', 'languages', 'colorDepth', 'cores', 'memory', 'touch']

export interface FullPerson {
  readonly email: string
  /** The newest of the sessions, and all of them in the order they began. */
  readonly client: Client
  readonly clients: readonly Client[]
  readonly authenticator: Authenticator
}

/** An account with as many sessions, devices and factors as one may have, all made as its owner would make them. */
export async function fullPerson(gateway: TestGateway, email?: string): Promise<FullPerson> {
  const person = await withTotp(gateway, email)
  for (let nth = 0; nth < PASSKEYS; nth += 1) await enrollPasskey(person.client, softPasskey({ origin: ORIGIN }))
  const clients: Client[] = []
  for (let nth = 0; nth < SESSIONS; nth += 1) {
    const client = gateway.client({ userAgent: userAgentOf(nth) })
    const fingerprint = ATTRIBUTES.map((name) => ({ name, value: `${name} ${nth}` }))
    dataOf(await client.send(SignInDocument, { input: { email: person.email, password: PASSWORD, fingerprint } }))
    await stepUp(gateway, client, person.authenticator, { rememberDevice: true })
    // Presents the new session, as every client does next: before that it gives way to others.
    dataOf(await client.send(MeDocument))
    clients.push(client)
  }
  const client = clients.at(-1)
  if (!client) throw new Error('there is no session')
  return { email: person.email, client, clients, authenticator: person.authenticator }
}
