import { isFromOurs, type ClientData } from '../../src/factors/webauthn/client-data.js'
import type { RelyingParty } from '../../src/factors/webauthn/relying-party.js'

const RP = { origins: ['https://app.example.com'], topOrigins: ['https://shop.example.com'] } as unknown as RelyingParty
const DATA: ClientData = { type: 'webauthn.get', challenge: 'challenge', origin: 'https://app.example.com' }
const TOP = 'https://shop.example.com'

// The library checks most of this as well; each check must hold by itself.
describe("R090 the browser's report of a ceremony", () => {
  it.each([
    ['on our page', DATA],
    ['in a frame of a page that is named', { ...DATA, crossOrigin: true, topOrigin: TOP }],
  ])('is accepted %s', (_, data) => {
    expect(isFromOurs(data, 'get', 'challenge', RP)).toBe(true)
  })

  it.each([
    ['of the other ceremony', { ...DATA, type: 'webauthn.create' }],
    ['with another challenge', { ...DATA, challenge: 'another' }],
    ['with more than the challenge', { ...DATA, challenge: 'challenge2' }],
    ['on another page', { ...DATA, origin: 'https://evil.example' }],
    ['on a page whose address begins like ours', { ...DATA, origin: 'https://app.example.com.evil.example' }],
    ['on a subdomain', { ...DATA, origin: 'https://sub.app.example.com' }],
    ['in a frame of a page that is not named', { ...DATA, crossOrigin: true, topOrigin: 'https://evil.example' }],
    ['in a frame of a page the browser does not tell', { ...DATA, crossOrigin: true }],
    ['in a frame that says it is none', { ...DATA, topOrigin: TOP }],
  ])('is rejected %s', (_, data) => {
    expect(isFromOurs(data, 'get', 'challenge', RP)).toBe(false)
  })
})
