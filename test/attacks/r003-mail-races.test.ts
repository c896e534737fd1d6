import { challenged, guess } from '../support/answers.js'
import { withMailbox } from '../support/factors.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'

describe.each(STORES)('a hundred parallel answers to one mailed code, on the %s store', (store) => {
  const gateway = gatewayForAll({ store })

  it('R003 pass once when they are right', async () => {
    const { client, mailbox } = await withMailbox(gateway)
    const { id } = await challenged(client, mailbox.factorId)
    const code = await mailbox.code()
    const callers = Array.from({ length: 100 }, () => client.copy())
    const verdicts = await Promise.all(callers.map((each) => guess(each, id, code)))
    expect(verdicts.filter((verdict) => verdict === 'PASSED')).toHaveLength(1)
  })
})
