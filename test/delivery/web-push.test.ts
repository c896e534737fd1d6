import { importJWK, jwtVerify } from 'jose'
import { encryptPush } from '../../src/delivery/encrypt-push.js'
import { createWebPush, newVapidKeys } from '../../src/delivery/index.js'
import { lookupPublic } from '../../src/delivery/lookup-public.js'
import { admitEndpoint } from '../../src/delivery/push-services.js'
import { isPublicAddress } from '../../src/networks/index.js'
import { movableClock } from '../../src/kernel/clock.js'
import { newReceiver, startPushService, type PushService } from '../support/push-service.js'

const NOW = new Date('2026-03-02T09:00:00.000Z')
const vapid = { ...newVapidKeys(), subject: 'mailto:ops@example.com' }
const SERVICES = ['fcm.googleapis.com', '*.push.apple.com']

describe('the encryption of push messages', () => {
  // RFC 8291, appendix A.
  const receiver = newReceiver({
    privateKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  })
  const text = 'When I grow up, I want to be a watermelon'

  it('reproduces the example of RFC 8291 byte by byte', () => {
    expect(receiver.keys.p256dh).toBe(
      'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    )
    const privateKey = Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url')
    const salt = Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url')
    const body = encryptPush(text, receiver.keys, { privateKey, salt, paddedBytes: 0 })
    expect(body.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    )
    expect(receiver.read(body).text).toBe(text)
  })

  it('makes a different message every time, always of the same length', () => {
    const all = ['', 'x', 'a sign-in waits'].map((plain) => encryptPush(plain, receiver.keys))
    expect(new Set(all.map(({ length }) => length)).size).toBe(1)
    expect(encryptPush('x', receiver.keys).equals(encryptPush('x', receiver.keys))).toBe(false)
    expect(all.map((body) => receiver.read(body).text)).toEqual(['', 'x', 'a sign-in waits'])
  })

  it('refuses a key that is not a point on the curve', () => {
    for (const p256dh of ['', 'AAAA', Buffer.alloc(65, 4).toString('base64url')])
      expect(() => encryptPush('x', { ...receiver.keys, p256dh })).toThrow()
  })
})

describe('the sender of push messages', () => {
  let service: PushService
  beforeEach(async () => {
    service = await startPushService()
  })
  afterEach(() => service.close())

  const receiver = newReceiver()
  const pusher = (services: readonly string[] = [service.origin], timeoutMilliseconds = 5000) =>
    createWebPush({ clock: movableClock(NOW) }, { vapid, services, timeoutMilliseconds })
  const wake = (path = '/device', push = pusher()) =>
    push.wake({
      subscription: { endpoint: `${service.origin}${path}`, ...receiver.keys },
      payload: '{"kind":"waiting"}',
      ttlSeconds: 600,
    })

  it('sends a message that only the browser can read, signed by the gateway (RFC 8030, 8291, 8292)', async () => {
    expect(await wake()).toBe('sent')
    const [push] = service.received
    expect(push).toMatchObject({ path: '/device', method: 'POST' })
    expect(push?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '600', urgency: 'high' })
    expect(push && receiver.read(push.body)).toEqual({ text: '{"kind":"waiting"}', recordBytes: 4096 })

    const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(push?.headers.authorization ?? '') ?? []
    expect(key).toBe(vapid.publicKey)
    const point = Buffer.from(vapid.publicKey, 'base64url')
    const x = point.subarray(1, 33).toString('base64url')
    const y = point.subarray(33).toString('base64url')
    const publicKey = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256')
    const { payload } = await jwtVerify(token, publicKey, { currentDate: NOW, audience: service.origin })
    expect(payload).toEqual({ aud: service.origin, exp: NOW.getTime() / 1000 + 600, sub: vapid.subject })
  })

  it.each([
    [201, 'sent'],
    [202, 'sent'],
    [404, 'gone'],
    [410, 'gone'],
    [400, 'failed'],
    [403, 'failed'],
    [429, 'failed'],
    [500, 'failed'],
    ['hang-up', 'failed'],
  ] as const)('reads the answer %s as %s', async (answer, outcome) => {
    service.answerWith(answer)
    expect(await wake()).toBe(outcome)
  })

  it('follows no redirects', async () => {
    const elsewhere = await startPushService()
    service.answerWith(307, { location: `${elsewhere.origin}/taken` })
    expect(await wake()).toBe('failed')
    expect(elsewhere.received).toEqual([])
    await elsewhere.close()
  })

  it('does not wait for a service that does not answer', async () => {
    service.answerWith('silence')
    expect(await wake('/device', pusher([service.origin], 50))).toBe('failed')
  })

  it('calls no service that was removed from the list, and none without VAPID keys', async () => {
    expect(await wake('/device', pusher(SERVICES))).toBe('failed')
    const mute = createWebPush({ clock: movableClock(NOW) }, { vapid: null, services: [service.origin] })
    expect(await wake('/device', mute)).toBe('failed')
    expect(service.received).toEqual([])
  })

  it.each([true, false])('resolves no name to this machine, also for all addresses (%s)', async (all) => {
    const found = await new Promise((settle) => {
      lookupPublic('localhost', { all }, (error, address) => settle({ code: error?.code, address }))
    })
    expect(found).toEqual({ code: 'ENOTFOUND', address: '' })
  })
})

describe('the list of push services', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:443/fcm/send/abc',
    'https://api.push.apple.com/3/device/x',
  ])('admits %s', (endpoint) => {
    expect(admitEndpoint(SERVICES, endpoint)).toMatchObject({ isLoopback: false })
  })

  it.each([
    '',
    'fcm.googleapis.com/x',
    '//fcm.googleapis.com/x',
    'http://fcm.googleapis.com/x',
    'ftp://fcm.googleapis.com/x',
    'javascript:alert(1)',
    'https://fcm.googleapis.com:444/x',
    'https://user@fcm.googleapis.com/x',
    'https://user:word@fcm.googleapis.com/x',
    'https://fcm.googleapis.com@evil.example/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/fcm.googleapis.com',
    'https://evil.example\\@fcm.googleapis.com/x',
    'https://evilpush.apple.com/x',
    'https://push.apple.com/x',
    'https://fcm.googleapis.com./x',
    'https://fcm.googleapis.com/x#y',
    'https://fcm.googleapis.com/x y',
    'https://fcm.googleapis.com/x\r\nHost: evil.example',
    'https://[::1]/x',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'http://127.0.0.1:1/x',
    'http://localhost/x',
    'https://169.254.169.254/x',
    `https://fcm.googleapis.com/${'x'.repeat(1024)}`,
  ])('rejects %s', (endpoint) => {
    expect(admitEndpoint(SERVICES, endpoint)).toBeNull()
  })

  it('admits this machine by its origin only', () => {
    const services = ['http://127.0.0.1:8099']
    expect(admitEndpoint(services, 'http://127.0.0.1:8099/x')).toMatchObject({ isLoopback: true })
    expect(admitEndpoint(services, 'http://127.0.0.1:8098/x')).toBeNull()
    expect(admitEndpoint(services, 'http://localhost:8099/x')).toBeNull()
    expect(admitEndpoint(services, 'https://127.0.0.1:8099/x')).toBeNull()
  })

  it.each([
    ['8.8.8.8', 4, true],
    ['142.250.1.95', 4, true],
    ['2a00:1450:4001::5f', 6, true],
    ['0.0.0.0', 4, false],
    ['10.1.2.3', 4, false],
    ['100.64.0.1', 4, false],
    ['127.8.8.8', 4, false],
    ['169.254.169.254', 4, false],
    ['172.31.255.255', 4, false],
    ['192.168.1.1', 4, false],
    ['198.19.0.1', 4, false],
    ['224.0.0.1', 4, false],
    ['255.255.255.255', 4, false],
    ['::', 6, false],
    ['::1', 6, false],
    ['::ffff:127.0.0.1', 6, false],
    ['64:ff9b::7f00:1', 6, false],
    ['fe80::1', 6, false],
    ['fd00::1', 6, false],
    ['ff02::1', 6, false],
    ['2002:7f00:1::', 6, false],
    ['2001:db8::1', 6, false],
  ] as const)('%s (IPv%i) is public: %s', (address, _, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic)
  })
})
