import {
  ReadAccountDocument,
  CloseAccountDocument,
  EraseAccountDocument,
  InviteMemberDocument,
  MeDocument,
  SetMemberRoleDocument,
  SignInDocument,
  VerifyAuditChainDocument,
} from '../../schema/generated/graphql.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { organizationRepository } from '../../src/store/organization-repository.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { bringIn, createOrganization } from '../support/organizations.js'
import { PASSWORD, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { PROXIED, rawStore, tracedPerson, tracesIn, type TracedPerson } from '../support/traces.js'
import { isMessage } from '../support/messages.js'

describe.each(STORES)('an erased account, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  beforeAll(async () => {
    gateway = await startGateway({ store, env: PROXIED })
    operator = await withTotp(gateway, ADMIN)
  }, 60_000)
  afterAll(() => gateway.close())

  const close = (person: TracedPerson, password: string | null = PASSWORD) =>
    person.client.send(CloseAccountDocument, { input: { password } })
  const erase = async (accountId: string) => {
    await stepUp(gateway, operator.client, operator.authenticator)
    const input = { accountId, reason: 'ticket 4711', abandonsOrganizations: false }
    return operator.client.send(EraseAccountDocument, { input })
  }
  const eventsAbout = (accountId: string) =>
    createAuditRepository(gateway.store).find({ filter: { accountId }, order: 'OLDEST_FIRST', limit: 1000 })
  const gone = (accountId: string) =>
    until(async () => {
      const ended = (await eventsAbout(accountId)).filter(({ action }) => action === 'account.erased')
      return ended.length > 0 ? ended : null
    })
  /** A quarter of an hour later, when no late writes come any more. */
  const later = async () => {
    gateway.clock.advance(901)
    await gateway.app.resumeErasures()
  }

  describe('by its owner', () => {
    let person: TracedPerson
    let other: TracedPerson
    let noted: { number: number; hash: string }
    beforeAll(async () => {
      other = await tracedPerson(gateway)
      person = await tracedPerson(gateway)
      expect(tracesIn(await rawStore(gateway), person)).toEqual(
        expect.arrayContaining(['email', 'emailKey', 'ip', 'userAgent', 'deviceName', 'newAddress', 'operation']),
      )
      const lines: string[] = []
      await gateway.app.writeCheckpoint()
      await gateway.app.verifyAudit((line) => lines.push(line))
      const [, number = '', hash = ''] = /Checkpoint: (\d+):([0-9a-f]+)/.exec(lines.join('\n')) ?? []
      noted = { number: Number(number), hash }
      expect(dataOf(await close(person)).closeAccount.closed).toBe(true)
      expect(await gone(person.id)).toHaveLength(1)
      await later()
    }, 60_000)

    it("leaves none of its traces in anything stored, including the store's files", async () => {
      expect(tracesIn(await rawStore(gateway), person)).toEqual([])
    })

    it("leaves other people's data", async () => {
      const { client } = await signIn(gateway, other.email)
      expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
      expect(tracesIn(await rawStore(gateway), other)).toEqual(expect.arrayContaining(['email', 'ip', 'userAgent']))
    })

    it('leaves the audit log unbroken, for an earlier checkpoint too', async () => {
      const lines: string[] = []
      expect(await gateway.app.verifyAudit((line) => lines.push(line), { noted })).toBe(0)
      expect(lines.join('\n')).toMatch(/\d+ of them belong to erased accounts/)
      await stepUp(gateway, operator.client, operator.authenticator)
      const { verifyAuditChain } = dataOf(await operator.client.send(VerifyAuditChainDocument))
      expect(verifyAuditChain.intact).toBe(true)
      expect(verifyAuditChain.erased).toBeGreaterThan(10)
    })

    it('leaves the events: what happened, when, and with what outcome', async () => {
      const events = await eventsAbout(person.id)
      const actions = events.map(({ action }) => action)
      expect(actions).toEqual(
        expect.arrayContaining(['account.created', 'challenge.failed', 'device.remembered', 'account.closed']),
      )
      expect(actions.at(-1)).toBe('account.erased')
      expect(events.filter(({ context }) => context?.ip)).toEqual([])
    })

    it('ends every session, and the account cannot sign in again', async () => {
      expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
      const input = { email: person.email, password: PASSWORD }
      expect(codeOf(await gateway.client().send(SignInDocument, { input }))).toBe('UNAUTHENTICATED')
    })

    it('R031 tells every proved address', async () => {
      for (const address of [person.email, person.traces['secondAddress'] ?? '']) {
        const mails = (await gateway.mailTo(address)).filter(isMessage('account-closed'))
        expect(mails).toHaveLength(1)
        expect(mails[0]?.text).toContain(person.traces['ip'])
      }
    })

    it('frees the address for a new account, which has nothing of the old one', async () => {
      await registered(gateway, person.email)
      const { client } = await signIn(gateway, person.email)
      expect(dataOf(await client.send(MeDocument)).me.id).not.toBe(person.id)
    })
  })

  describe('by an operator', () => {
    it('leaves none of its traces, and keeps the reason and where the operator acted from', async () => {
      const person = await tracedPerson(gateway)
      expect(dataOf(await erase(person.id)).eraseAccount.begun).toBe(true)
      expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
      await gone(person.id)
      await later()
      expect(tracesIn(await rawStore(gateway), person)).toEqual([])
      const begun = (await eventsAbout(person.id)).find(({ action }) => action === 'admin.account_erased')
      expect(begun).toMatchObject({ metadata: { ground: 'ticket 4711' }, context: { ip: '127.0.0.1' } })
      const mails = (await gateway.mailTo(person.email)).filter(isMessage('account-erased'))
      expect(mails).toHaveLength(1)
      expect(mails[0]?.text).not.toContain('127.0.0.1')
    })

    it("is refused for the operator's own account, and for an unknown one", async () => {
      const me = dataOf(await operator.client.send(MeDocument)).me.id
      expect(codeOf(await erase(me))).toBe('BAD_USER_INPUT')
      expect(codeOf(await erase('A'.repeat(22)))).toBe('BAD_USER_INPUT')
      const person = await tracedPerson(gateway)
      dataOf(await erase(person.id))
      expect(codeOf(await erase(person.id))).toBe('BAD_USER_INPUT')
    })

    it('is refused to all other callers', async () => {
      const [person, other] = [await tracedPerson(gateway), await tracedPerson(gateway)]
      const input = { accountId: other.id, reason: 'spite', abandonsOrganizations: false }
      expect(codeOf(await person.client.send(EraseAccountDocument, { input }))).toBe('FORBIDDEN')
      await stepUp(gateway, operator.client, operator.authenticator)
      expect(dataOf(await operator.client.send(ReadAccountDocument, { id: other.id })).account).not.toBeNull()
    })
  })

  describe('is refused', () => {
    it('with a wrong password or without one, and is recorded', async () => {
      const person = await tracedPerson(gateway)
      for (const password of ['another passphrase', null]) {
        const answer = await close(person, password)
        expect(answer.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['password'] })
      }
      const failed = (await eventsAbout(person.id)).filter(({ action }) => action === 'account.close_failed')
      expect(failed).toHaveLength(2)
      expect(dataOf(await person.client.send(MeDocument)).me.id).toBe(person.id)
    })

    it('without a fresh proof of the strongest factor', async () => {
      const person = await tracedPerson(gateway)
      gateway.clock.advance(301)
      expect(codeOf(await close(person))).toBe('STEP_UP_REQUIRED')
    })

    it('for an administrator named in the configuration, to every caller', async () => {
      await stepUp(gateway, operator.client, operator.authenticator)
      const answer = await operator.client.send(CloseAccountDocument, { input: { password: PASSWORD } })
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', because: 'NAMED_ADMINISTRATOR' })
      expect(dataOf(await operator.client.send(MeDocument)).me.roles).toEqual(['ADMIN'])
    })

    it('for the last administrator of an organization, until there is another or an operator insists', async () => {
      const [person, second] = [await tracedPerson(gateway), await tracedPerson(gateway)]
      const organizationId = await createOrganization(person.client)
      await bringIn(gateway, { id: organizationId, name: 'Acme', admin: person }, second)
      const refused = { code: 'FORBIDDEN', because: 'LAST_ADMIN', organizationIds: [organizationId] }
      await stepUp(gateway, person.client, person.authenticator)
      expect((await close(person)).errors[0]?.extensions).toMatchObject(refused)
      expect((await erase(person.id)).errors[0]?.extensions).toMatchObject(refused)
      const role = { accountId: second.id, role: 'ADMIN' } as const
      dataOf(await person.client.send(SetMemberRoleDocument, { input: role }))
      expect(dataOf(await close(person)).closeAccount.closed).toBe(true)
      const [organization] = await organizationRepository(gateway.store).find([organizationId])
      expect(organization?.adminIds).toEqual([second.id])
      expect((await erase(second.id)).errors[0]?.extensions).toMatchObject(refused)
      const input = { accountId: second.id, reason: 'ticket', abandonsOrganizations: true }
      expect(dataOf(await operator.client.send(EraseAccountDocument, { input })).eraseAccount.begun).toBe(true)
      const [abandoned] = await organizationRepository(gateway.store).find([organizationId])
      expect(abandoned?.adminIds).toEqual([])
    })

    it('for one of several administrators who close their accounts at the same moment: one stays', async () => {
      const first = await tracedPerson(gateway)
      const organizationId = await createOrganization(first.client)
      const all = [first, await tracedPerson(gateway), await tracedPerson(gateway)]
      const acme = { id: organizationId, name: 'Acme', admin: first }
      for (const each of all.slice(1)) await bringIn(gateway, acme, each, 'ADMIN')
      await Promise.all(all.map((each) => stepUp(gateway, each.client, each.authenticator)))
      const codes = (await Promise.all(all.map((each) => close(each)))).map(codeOf)
      expect(codes.toSorted()).toEqual(['FORBIDDEN', null, null])
    })

    it('not for open invitations: those to the address are removed', async () => {
      const [person, host] = [await tracedPerson(gateway), await tracedPerson(gateway)]
      await createOrganization(host.client)
      await stepUp(gateway, host.client, host.authenticator)
      dataOf(await host.client.send(InviteMemberDocument, { input: { email: person.email, role: 'MEMBER' } }))
      expect(dataOf(await close(person)).closeAccount.closed).toBe(true)
      await gone(person.id)
      await later()
      expect(tracesIn(await rawStore(gateway), person)).toEqual([])
    })
  })
})
