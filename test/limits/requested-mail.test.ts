import { ChangeEmailDocument, ChangePasswordDocument, SignUpDocument } from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { registered, withTotp } from '../support/person.js'
import { storedIn } from '../support/stored.js'

describe.each(STORES)('mail that any caller can request, on the %s store', (store) => {
  let gateway: TestGateway
  beforeEach(async () => {
    const env = { ...ROOMY, STEPGATE_MESSAGE_LIMIT_ADDRESS: '30/900' }
    gateway = await startGateway({ store, env })
  })
  afterEach(() => gateway.close())

  const limits = async () =>
    (await storedIn(gateway, 'auditEvents')).filter(({ action }) => action === 'limit.reached').map((e) => e['targets'])

  it('reaches one mailbox three times an hour from one network, in any spelling, and the caller is not told', async () => {
    const client = gateway.client()
    for (let times = 0; times < 14; times += 1) {
      const email = times % 2 === 0 ? 'victim@example.com' : 'Victim@EXAMPLE.com'
      const input = { email, password: 'seven grey herons' }
      expect(dataOf(await client.send(SignUpDocument, { input })).signUp.accepted).toBe(true)
    }
    await until(async () => ((await limits()).length > 0 ? true : null))
    const sent = [...(await gateway.mailTo('victim@example.com')), ...(await gateway.mailTo('Victim@EXAMPLE.com'))]
    const toVictim = sent.length + (await gateway.mailTo('Victim@example.com')).length
    expect(toVictim).toBe(3)
    expect(await limits()).toEqual([[{ id: 'messagePerDestinationAndNetwork', type: 'BUDGET' }]])
  })

  it('reaches it no more often through made-up tags', async () => {
    const tagged = Array.from({ length: 8 }, (_, nth) => `tagged+${nth}@example.com`)
    for (const email of tagged) {
      dataOf(await gateway.client().send(SignUpDocument, { input: { email, password: 'seven grey herons' } }))
    }
    await until(async () => ((await limits()).length > 0 ? true : null))
    const mails = await Promise.all(tagged.map((email) => gateway.mailTo(email)))
    expect(mails.flat()).toHaveLength(3)
  })

  it('is limited by the requesting account, when it goes to ever new mailboxes', async () => {
    const { client } = await withTotp(gateway)
    const codes: (string | null)[] = []
    for (let times = 0; times < 31; times += 1) {
      codes.push(codeOf(await client.send(ChangeEmailDocument, { input: { newEmail: `box${times}@example.com` } })))
    }
    expect(codes.filter((code) => code === null)).toHaveLength(30)
    expect(codes.at(-1)).toBe('RATE_LIMITED')
  })

  it('password guesses inside a session record the limit they reach', async () => {
    const { client } = await withTotp(gateway)
    await registered(gateway)
    const input = { currentPassword: 'not this one', newPassword: 'seven grey herons', revokeOthers: false }
    for (let times = 0; times < 11; times += 1) await client.send(ChangePasswordDocument, { input })
    expect(await limits()).toContainEqual([{ id: 'signInPerDevice', type: 'BUDGET' }])
  })
})
