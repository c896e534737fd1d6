import { RemoveFactorDocument } from '../../schema/generated/graphql.js'
import { eventsOf, storedPerson, verdictOf } from '../support/answers.js'
import { dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import {
  beginPasskey,
  enrollPasskey,
  ORIGIN,
  PASSKEY_ENV,
  sendPasskey,
  triedPasskey,
  passkeyOptions,
  withPasskey,
} from '../support/passkeys.js'
import { enrollTotp, registered, signIn } from '../support/person.js'
import { softPasskey } from '../support/soft-passkey.js'

describe.each(STORES)('R097 a credential id belongs to one account, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: PASSKEY_ENV })

  const idOf = (id: string) => ({ credentialId: Buffer.from(id, 'base64url') })
  const newcomer = async (): Promise<Client> => (await signIn(gateway, await registered(gateway))).client
  const claimsOf = async (email: string) => (await storedPerson(gateway, email)).claims

  /** Tries to enrol an authenticator that claims this credential id. */
  async function enrolAs(client: Client, credentialId: string, replaces: string | null = null): Promise<string> {
    const { options, challengeId } = await beginPasskey(client, replaces)
    const answer = softPasskey({ origin: ORIGIN }).create(options, idOf(credentialId))
    return verdictOf(await sendPasskey(client, challengeId, answer))
  }

  const remove = async (client: Client, factorId: string) =>
    expect(dataOf(await client.send(RemoveFactorDocument, { factorId })).removeFactor.removed).toBe(true)

  it('is refused to a second account, and to the first one a second time', async () => {
    const { client, passkey, email } = await withPasskey(gateway)
    expect(await enrolAs(await newcomer(), passkey.id)).toBe('CODE_INVALID')
    expect(await enrolAs(client, passkey.id)).toBe('CODE_INVALID')
    const [failed] = await eventsOf(gateway, email, 'challenge.failed')
    expect(failed?.reason).toBe('already-registered')
    expect(await claimsOf(email)).toHaveLength(1)
    const stranger = gateway.client()
    expect(await triedPasskey(stranger, passkey.get(await passkeyOptions(stranger)))).toBe('SignedIn')
  })

  it('is given to one of many that register it at the same moment', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, newcomer))
    const { id } = softPasskey({ origin: ORIGIN })
    const verdicts = await Promise.all(clients.map((client) => enrolAs(client, id)))
    expect(verdicts.filter((verdict) => verdict === 'PASSED')).toHaveLength(1)
  })

  it('is free again once its factor is removed, and leaves no list in the index', async () => {
    const first = await withPasskey(gateway)
    const second = await withPasskey(gateway)
    for (const { client, factorId, email } of [first, second]) {
      await enrollTotp(gateway, client)
      await remove(client, factorId)
      expect(await storedPerson(gateway, email)).not.toHaveProperty('claims')
    }
    expect(await enrolAs(await newcomer(), first.passkey.id)).toBe('PASSED')
  })

  it('stays taken by the remaining factors', async () => {
    const { client, passkey, factorId, email } = await withPasskey(gateway)
    const spare = softPasskey({ origin: ORIGIN })
    await enrollPasskey(client, spare)
    await remove(client, factorId)
    expect(await claimsOf(email)).toHaveLength(1)
    expect(await enrolAs(await newcomer(), spare.id)).toBe('CODE_INVALID')
    expect(await enrolAs(await newcomer(), passkey.id)).toBe('PASSED')
  })

  it('is free again once another factor has replaced its own', async () => {
    const { client, passkey, factorId, email } = await withPasskey(gateway)
    const { id } = softPasskey({ origin: ORIGIN })
    expect(await enrolAs(client, id, factorId)).toBe('PASSED')
    expect(await claimsOf(email)).toHaveLength(1)
    expect(await enrolAs(await newcomer(), passkey.id)).toBe('PASSED')
    expect(await enrolAs(await newcomer(), id)).toBe('CODE_INVALID')
  })

  it('can be enrolled again to replace itself', async () => {
    const { client, passkey, factorId, email } = await withPasskey(gateway)
    expect(await enrolAs(client, passkey.id, factorId)).toBe('PASSED')
    expect(await claimsOf(email)).toHaveLength(1)
    expect(await enrolAs(await newcomer(), passkey.id)).toBe('CODE_INVALID')
  })

  it('is not lost when two factors are removed at the same moment', async () => {
    const { client, passkey, factorId, email } = await withPasskey(gateway)
    const spare = softPasskey({ origin: ORIGIN })
    const { factorId: spareId } = await enrollPasskey(client, spare)
    await enrollTotp(gateway, client)
    const removals = await Promise.all(
      [factorId, spareId].map((id) => client.copy().send(RemoveFactorDocument, { factorId: id })),
    )
    expect(removals.map((answer) => dataOf(answer).removeFactor.removed)).toEqual([true, true])
    expect(await storedPerson(gateway, email)).not.toHaveProperty('claims')
    for (const { id } of [passkey, spare]) expect(await enrolAs(await newcomer(), id)).toBe('PASSED')
  })
})
