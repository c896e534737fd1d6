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
  it.each<Format>(['packed', 'fido-u2f', 'tpm', 'android-key', 'apple'])('vouch where %s is signed by them', (fmt) => {
    expect(chainOf(fmt, [certificate])).toEqual([certificate])
  })

  it.each<Format>(['none', 'android-safetynet'])('vouch for nothing beside %s, which is not signed by them', (fmt) => {
    expect(chainOf(fmt, [certificate])).toEqual([])
  })

  it('are none where the key vouches for itself, or one of them is no certificate', () => {
    expect(chainOf('packed')).toEqual([])
    expect(chainOf('packed', [certificate, 'text'])).toEqual([])
  })
})
