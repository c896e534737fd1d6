import {
  MeDocument,
  MyDevicesDocument,
  MyFactorsDocument,
  MyProfileDocument,
  MySessionsDocument,
  SignOutDocument,
} from '../../schema/generated/graphql.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'

const FIELDS = [
  MeDocument,
  MyProfileDocument,
  MySessionsDocument,
  MyFactorsDocument,
  MyDevicesDocument,
  SignOutDocument,
]

describe.each(STORES)(
  'R068 a new session at sign-in and at step-up, once it is presented, on the %s store',
  (store) => {
    const gateway = gatewayForAll({ store })

    const sessionOf = (client: Client) => client.cookies.get('stepgate-session')
    const idsOf = async (client: Client) => dataOf(await client.send(MySessionsDocument)).mySessions.map(({ id }) => id)

    /** Call it once the new session was presented. */
    async function expectDead(old: Client, current: Client): Promise<void> {
      await current.send(MeDocument)
      for (const field of FIELDS) expect(codeOf(await old.send(field))).toBe('UNAUTHENTICATED')
    }

    it('gives a finished sign-in another id and secret than the pending one, which stops working everywhere', async () => {
      const person = await withTotp(gateway)
      const { client } = await signIn(gateway, person.email)
      const pending = client.copy()
      await stepUp(gateway, client, person.authenticator)
      expect(sessionOf(client)).not.toBe(sessionOf(pending))
      await expectDead(pending, client)
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    })

    it('does the same at step-up', async () => {
      const { client, authenticator } = await withTotp(gateway)
      const [before, old] = [await idsOf(client), client.copy()]
      await stepUp(gateway, client, authenticator)
      const after = await idsOf(client)
      expect(after).toHaveLength(before.length)
      expect(after.filter((id) => before.includes(id))).toEqual([])
      await expectDead(old, client)
      expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
    })

    it("ends the browser's earlier session when the person signs in again", async () => {
      const email = await registered(gateway)
      const { client } = await signIn(gateway, email)
      const [[former], old] = [await idsOf(client), client.copy()]
      await signIn(gateway, email, {}, client)
      expect(await idsOf(client)).toHaveLength(1)
      expect(await idsOf(client)).not.toContain(former)
      await expectDead(old, client)
    })

    it('ends it too when it was another account’s', async () => {
      const [one, other] = [await registered(gateway), await registered(gateway)]
      const { client } = await signIn(gateway, one)
      const old = client.copy()
      await signIn(gateway, other, {}, client)
      expect(dataOf(await client.send(MeDocument)).me.email).toBe(other)
      await expectDead(old, client)
    })

    it('leaves it alone when the password was wrong', async () => {
      const email = await registered(gateway)
      const { client } = await signIn(gateway, email)
      await expect(signIn(gateway, email, { password: 'not the right passphrase' }, client)).rejects.toThrow()
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    })

    it('never accepts an id or a token that an attacker planted before', async () => {
      const email = await registered(gateway)
      const planted = gateway.client()
      planted.cookies.set('stepgate-session', 'A'.repeat(87))
      await signIn(gateway, email, {}, planted)
      expect(sessionOf(planted)).not.toBe('A'.repeat(87))
      const victim = gateway.client()
      victim.cookies.set('stepgate-session', 'A'.repeat(87))
      expect(codeOf(await victim.send(MeDocument))).toBe('UNAUTHENTICATED')
    })
  },
)
