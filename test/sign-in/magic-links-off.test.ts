import { RequestMagicLinkDocument } from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { askForReset, followLink, resetWith } from '../support/links.js'
import { registered } from '../support/person.js'
import { storedIn } from '../support/stored.js'

/** Refused before any store command, so one store is enough. */
describe('an installation without sign-in links', () => {
  const gateway = gatewayForAll({ env: { ...ROOMY, STEPGATE_MAGIC_LINKS: 'off' } })

  it('issues none and says why, the same to every caller', async () => {
    const known = await registered(gateway)
    for (const email of [known, 'nobody@example.com']) {
      const answer = await gateway.client().send(RequestMagicLinkDocument, { input: { email } })
      expect([answer.status, codeOf(answer)]).toEqual([403, 'FORBIDDEN'])
      expect(answer.errors[0]?.extensions['messageId']).toBe('link.sign-in-off')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(await storedIn(gateway, 'mailedLinks')).toEqual([])
  })

  it('accepts none either, such as earlier ones', async () => {
    const answer = await followLink(gateway.client(), 'A'.repeat(43), { code: '123456' })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'FORBIDDEN'])
  })

  it('still sets new passwords by mail', async () => {
    const email = await registered(gateway)
    const token = await askForReset(gateway, email)
    const { resetPassword } = dataOf(await resetWith(gateway.client(), token, 'another rather long passphrase'))
    expect(resetPassword.__typename).toBe('SignedIn')
  })
})
