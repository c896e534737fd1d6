import { ConfigError, readConfig } from '../../src/config/index.js'
import { newVapidKeys } from '../../src/delivery/index.js'

const pair = newVapidKeys()
const KEYS = { STEPGATE_VAPID_PUBLIC_KEY: pair.publicKey, STEPGATE_VAPID_PRIVATE_KEY: pair.privateKey }

describe('the settings of push messages', () => {
  it('accept a pair of keys as it is printed, with the sender of mail as the contact', () => {
    expect(readConfig(KEYS).vapid).toEqual({ ...pair, subject: 'mailto:stepgate@localhost' })
    expect(readConfig({}).vapid).toBeNull()
  })

  it('create matching pairs, whatever the private key begins with', () => {
    for (let nth = 0; nth < 600; nth++) {
      const { publicKey, privateKey } = newVapidKeys()
      expect([publicKey.length, privateKey.length]).toEqual([87, 43])
    }
  })

  it.each([
    ['one key without the other', { STEPGATE_VAPID_PUBLIC_KEY: pair.publicKey }],
    ['a public key of another pair', { ...KEYS, STEPGATE_VAPID_PUBLIC_KEY: newVapidKeys().publicKey }],
    ['a public key that was cut', { ...KEYS, STEPGATE_VAPID_PUBLIC_KEY: pair.publicKey.slice(1) }],
    ['a private key that was cut', { ...KEYS, STEPGATE_VAPID_PRIVATE_KEY: pair.privateKey.slice(1) }],
    ['a private key of zeros', { ...KEYS, STEPGATE_VAPID_PRIVATE_KEY: 'A'.repeat(43) }],
    ['a service with a path', { STEPGATE_PUSH_SERVICES: 'https://push.example.com/x' }],
    ['every service', { STEPGATE_PUSH_SERVICES: '*' }],
    ['a whole top-level domain', { STEPGATE_PUSH_SERVICES: '*.com' }],
    ['an address', { STEPGATE_PUSH_SERVICES: '10.0.0.1' }],
    ['an origin elsewhere', { STEPGATE_PUSH_SERVICES: 'http://push.example.com' }],
  ])('refuse %s without repeating it', (_, env) => {
    const read = () => readConfig(env)
    expect(read).toThrow(ConfigError)
    try {
      read()
    } catch (error) {
      for (const value of Object.values(env)) {
        if (value.length > 10) expect(String(error)).not.toContain(value)
      }
    }
  })

  it('accept hosts, names below a host, and servers of this machine', () => {
    const services = ['push.example.com', '*.push.example.com', 'http://127.0.0.1:8080', 'http://[::1]:8080']
    expect(readConfig({ STEPGATE_PUSH_SERVICES: services.join(', ') }).push.services).toEqual(services)
    expect(readConfig({}).push.services).toContain('fcm.googleapis.com')
  })
})
