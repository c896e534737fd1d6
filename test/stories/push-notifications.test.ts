import { newVapidKeys } from '../../src/delivery/index.js'
import { readMaterial } from '../../src/factors/push/index.js'
import { ask, challenged, eventsOf, pendingSignIn, storedFactor } from '../support/answers.js'
import { codeOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { pushVerdict, withPush } from '../support/push-device.js'
import { newReceiver, startPushService, type PushService } from '../support/push-service.js'

describe.each(STORES)('a device that can be woken up, on the %s store', (store) => {
  let gateway: TestGateway
  let service: PushService
  beforeAll(async () => {
    service = await startPushService()
    const { publicKey, privateKey } = newVapidKeys()
    gateway = await startGateway({
      store,
      env: {
        STEPGATE_VAPID_PUBLIC_KEY: publicKey,
        STEPGATE_VAPID_PRIVATE_KEY: privateKey,
        STEPGATE_PUSH_SERVICES: service.origin,
        STEPGATE_PUSH_LIMIT: '20/600',
      },
    })
  })
  afterAll(async () => {
    await gateway.close()
    await service.close()
  })
  afterEach(() => service.answerWith(201))

  async function subscribedPerson() {
    const receiver = newReceiver()
    const person = await withPush(gateway)
    const endpoint = `${service.origin}/${person.device.factorId}`
    expect(codeOf(await person.device.subscribe({ endpoint, ...receiver.keys }))).toBeNull()
    const sentTo = () => service.received.filter(({ path }) => path === `/${person.device.factorId}`)
    const subscription = async () =>
      readMaterial((await storedFactor(gateway, person.email, person.device.factorId)).material)?.sealedSubscription
    return { ...person, endpoint, receiver, sentTo, subscription }
  }

  it('is woken up by a sign-in, with a message that says neither who nor what', async () => {
    const { email, device, endpoint, receiver, sentTo, subscription } = await subscribedPerson()
    const { client } = await pendingSignIn(gateway, email)
    const { id, push } = await challenged(client, device.factorId)
    expect(sentTo().map(({ body }) => receiver.read(body).text)).toEqual(['{"kind":"waiting"}'])
    expect(sentTo()[0]?.headers).toMatchObject({ ttl: '600', urgency: 'high' })
    expect(pushVerdict(await device.approve(id, push?.number ?? ''))).toBe('ANSWERED')
    expect(await subscription()).not.toContain(endpoint)
  })

  it('is not woken up again at once', async () => {
    const { email, device, sentTo } = await subscribedPerson()
    const { client } = await pendingSignIn(gateway, email)
    await challenged(client, device.factorId)
    expect(codeOf(await ask(client, device.factorId))).toBe('RATE_LIMITED')
    expect(sentTo()).toHaveLength(1)
  })

  it.each([404, 410])('gets no more messages once its service says %i, and can still answer', async (status) => {
    const { email, device, sentTo, subscription } = await subscribedPerson()
    const { client } = await pendingSignIn(gateway, email)
    service.answerWith(status)
    const { id, push } = await challenged(client, device.factorId)
    expect(await subscription()).toBeNull()
    expect(await eventsOf(gateway, email, 'message.undelivered')).toMatchObject([{ reason: 'subscription-ended' }])
    expect(pushVerdict(await device.approve(id, push?.number ?? ''))).toBe('ANSWERED')
    const again = await pendingSignIn(gateway, email)
    await challenged(again.client, device.factorId)
    expect(sentTo()).toHaveLength(1)
  })

  it.each([500, 429, 'hang-up'] as const)('can answer although its service answers %s', async (answer) => {
    const { email, device, subscription } = await subscribedPerson()
    const { client } = await pendingSignIn(gateway, email)
    service.answerWith(answer)
    const { id, push } = await challenged(client, device.factorId)
    expect(await subscription()).not.toBeNull()
    expect(await eventsOf(gateway, email, 'message.undelivered')).toMatchObject([{ reason: 'push-service' }])
    expect(pushVerdict(await device.approve(id, push?.number ?? ''))).toBe('ANSWERED')
  })
})
