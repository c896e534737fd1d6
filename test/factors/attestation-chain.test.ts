import { isoCBOR } from '@simplewebauthn/server/helpers'
import { attestationChain } from '../../src/factors/webauthn/attestation-chain.js'

type Format = Parameters<typeof attestationChain>[0]['fmt']

const certificate = Uint8Array.of(1, 2, 3)
function chainOf(fmt: Format, x5c?: (string | Uint8Array)[]) {
  const attStmt = new Map(x5c ? [['x5c', x5c] as const] : [])
  const attestationObject = isoCBOR.encode(
    new Map<string, string | Uint8Array | typeof attStmt>([
      ['fmt', fmt],
      ['attStmt', attStmt],
      ['authData', Uint8Array.of(0)],
    ]),
  )
  return attestationChain({ fmt, attestationObject })
}

describe('R098 the certificates of an attestation', () => {
  it.each<Format>(['packed', 'fido-u2f', 'tpm', 'android-key', 'apple'])('vouch for it when they sign %s', (fmt) => {
    expect(chainOf(fmt, [certificate])).toEqual([certificate])
  })

  it.each<Format>(['none', 'android-safetynet'])('prove nothing beside %s, which they do not sign', (fmt) => {
    expect(chainOf(fmt, [certificate])).toEqual([])
  })

  it('are empty for self attestation, and when one of them is invalid', () => {
    expect(chainOf('packed')).toEqual([])
    expect(chainOf('packed', [certificate, 'text'])).toEqual([])
  })
})
