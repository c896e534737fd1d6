import { createECDH, createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import { encode } from 'cbor2'
import { attribute, hex, sequence, tagged } from '../support/certificates.js'

/*
 * The test vectors of WebAuthn Level 3, section 16. The specification derives their random parts by HKDF from one text,
 * in a fixed order, so they are derived here too; only the signatures are copied. If one derived byte differed from the
 * specification, its signatures would be invalid.
 */

export interface VectorFacts {
  /** As in the specification: the last input of HKDF. */
  readonly name: string
  readonly key: 'ES256' | 'EdDSA' | 'RS256'
  readonly attestation: 'none' | 'self' | 'certificate'
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  readonly credentialIdBytes?: number
  /** Of the attestation statement, and of the certificate that signed it. */
  readonly attestationSignature?: string
  readonly certificateSignature?: string
  readonly assertionSignature: string
}

export interface Vector {
  readonly credentialId: string
  readonly registrationChallenge: string
  readonly registration: string
  readonly assertionChallenge: string
  readonly assertion: string
  readonly publicKey: string
  readonly backupEligible: boolean
}

export const ORIGIN = 'https://example.org'
export const TOP_ORIGIN = 'https://example.com'
const RP_ID_HASH = createHash('sha256').update('example.org').digest()
const [UP, UV, BE, BS, AT] = [0x01, 0x04, 0x08, 0x10, 0x40] as const

export function deriveVector(facts: VectorFacts): Vector {
  const next = deriver(facts.name)
  const registrationChallenge = next(32).toString('base64url')
  const { cose, publicKey } = facts.key === 'RS256' ? rsaKey() : keyOf(facts.key, next(32))
  const created = clientData('create', registrationChallenge, facts, next)
  const aaguid = next(16)
  const credentialId = next(facts.credentialIdBytes ?? 32)
  const bits = next(1)[0] ?? 0
  const backupEligible = (bits & BE) !== 0
  const flags = UP | AT | (bits & (UV | BE)) | (backupEligible ? bits & BS : 0)
  const length = Buffer.of(credentialId.length >> 8, credentialId.length & 0xff)
  const attested = Buffer.concat([aaguid, length, credentialId, cose])
  const authData = Buffer.concat([RP_ID_HASH, Buffer.of(flags, 0, 0, 0, 0), attested])
  const { fmt, attStmt } = statementOf(facts, next)
  const attestationObject = encode(
    new Map<string, unknown>([
      ['fmt', fmt],
      ['attStmt', attStmt],
      ['authData', new Uint8Array(authData)],
    ]),
  )

  const assertionChallenge = next(32).toString('base64url')
  const got = clientData('get', assertionChallenge, facts, next)
  const used = next(1)[0] ?? 0
  const usedFlags = UP | (used & UV) | (backupEligible ? BE | (used & BS) : 0)
  const authenticatorData = Buffer.concat([RP_ID_HASH, Buffer.of(usedFlags, 0, 0, 0, 0)])
  const id = credentialId.toString('base64url')
  return {
    credentialId: id,
    registrationChallenge,
    registration: credential(id, {
      clientDataJSON: created.toString('base64url'),
      attestationObject: Buffer.from(attestationObject).toString('base64url'),
    }),
    assertionChallenge,
    assertion: credential(id, {
      clientDataJSON: got.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: hex(facts.assertionSignature).toString('base64url'),
    }),
    publicKey,
    backupEligible,
  }
}

const credential = (id: string, response: object): string =>
  JSON.stringify({ id, rawId: id, type: 'public-key', response, clientExtensionResults: {} })

type Next = (bytes: number) => Buffer

/** Each value uses the next salt. */
function deriver(name: string): Next {
  let salt = 0
  return (bytes) => Buffer.from(hkdfSync('sha256', 'WebAuthn test vectors', Buffer.of(salt++), name, bytes))
}

function clientData(ceremony: 'create' | 'get', challenge: string, facts: VectorFacts, next: Next): Buffer {
  const { crossOrigin = false, topOrigin } = facts
  const isExtended = ((next(1)[0] ?? 0) & 1) === 1
  const more = 'clientDataJSON may be extended with additional fields in the future, such as this: '
  const said = {
    type: `webauthn.${ceremony}`,
    challenge,
    origin: ORIGIN,
    crossOrigin,
    ...(topOrigin === undefined ? {} : { topOrigin }),
    ...(isExtended ? { extraData: `${more}${next(16).toString('base64url')}` } : {}),
  }
  return Buffer.from(JSON.stringify(said))
}

const asKey = (entries: readonly (readonly [number, unknown])[]) => {
  const cose = Buffer.from(encode(new Map(entries)))
  return { cose, publicKey: cose.toString('base64url') }
}

function keyOf(kind: 'ES256' | 'EdDSA', privateKey: Buffer) {
  if (kind === 'EdDSA') {
    const pkcs8 = Buffer.concat([hex('302e020100300506032b657004220420'), privateKey])
    const key = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
    const x = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
    return asKey([
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, new Uint8Array(x)],
    ])
  }
  const point = pointOf(privateKey)
  return asKey([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(point.subarray(1, 33))],
    [-3, new Uint8Array(point.subarray(33))],
  ])
}

/** From the two smallest Mersenne primes with 1024 bits or more. */
function rsaKey() {
  const modulus = (2n ** 1279n - 1n) * (2n ** 2203n - 1n)
  const text = modulus.toString(16)
  return asKey([
    [1, 3],
    [3, -257],
    [-1, new Uint8Array(hex(text.length % 2 === 0 ? text : `0${text}`))],
    [-2, Uint8Array.of(1, 0, 1)],
  ])
}

function pointOf(privateKey: Buffer): Buffer {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(privateKey)
  return curve.getPublicKey()
}

function statementOf(facts: VectorFacts, next: Next): { fmt: string; attStmt: ReadonlyMap<string, unknown> } {
  if (facts.attestation === 'none') return { fmt: 'none', attStmt: new Map() }
  const signed: [string, unknown][] = [
    ['alg', -7],
    ['sig', new Uint8Array(hex(facts.attestationSignature ?? ''))],
  ]
  if (facts.attestation === 'self') return { fmt: 'packed', attStmt: new Map(signed) }
  const point = pointOf(next(32))
  const certificate = certificateOf(point, next(16), hex(facts.certificateSignature ?? ''))
  return { fmt: 'packed', attStmt: new Map([...signed, ['x5c', [new Uint8Array(certificate)]]]) }
}

const CA_POINT = pointOf(hex('7809337f05740a96a78eedf9e9280499dcc8f2aa129616049ec1dccfe103eb2a'))

/** The key of the authority that vouches for the vectors. */
export const ATTESTATION_CA_KEY: KeyObject = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    d: hex('7809337f05740a96a78eedf9e9280499dcc8f2aa129616049ec1dccfe103eb2a').toString('base64url'),
    x: CA_POINT.subarray(1, 33).toString('base64url'),
    y: CA_POINT.subarray(33).toString('base64url'),
  },
})

const nameOf = (unit: string): Buffer =>
  sequence(
    attribute('0603550403', 0x0c, 'WebAuthn test vectors'),
    attribute('060355040a', 0x0c, 'W3C'),
    attribute('060355040b', 0x0c, unit),
    attribute('0603550406', 0x13, 'AA'),
  )

const ECDSA_WITH_SHA256 = sequence(hex('06082a8648ce3d040302'))
const VALIDITY = sequence(tagged(0x17, Buffer.from('240101000000Z')), tagged(0x18, Buffer.from('30240101000000Z')))
const AUTHORITY = nameOf('Authenticator Attestation CA')

const keyInfo = (point: Buffer): Buffer =>
  sequence(sequence(hex('06072a8648ce3d0201'), hex('06082a8648ce3d030107')), bits(point))

const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.of(0), content]))

const extension = (oid: string, isCritical: boolean, value: Buffer): Buffer =>
  sequence(hex(oid), ...(isCritical ? [hex('0101ff')] : []), tagged(0x04, value))

const sha1 = (data: Buffer): Buffer => createHash('sha1').update(data).digest()

const integer = (value: Buffer): Buffer =>
  tagged(0x02, (value[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), value]) : value)

function certificateOf(point: Buffer, serial: Buffer, signature: Buffer): Buffer {
  const tbs = sequence(
    tagged(0xa0, hex('020102')),
    integer(serial),
    ECDSA_WITH_SHA256,
    AUTHORITY,
    VALIDITY,
    nameOf('Authenticator Attestation'),
    keyInfo(point),
    tagged(
      0xa3,
      sequence(
        extension('0603551d13', true, sequence()),
        extension('0603551d0f', true, hex('03020780')),
        extension('0603551d0e', false, tagged(0x04, sha1(point))),
        extension('0603551d23', false, sequence(tagged(0x80, sha1(CA_POINT)))),
      ),
    ),
  )
  return sequence(tbs, ECDSA_WITH_SHA256, bits(signature))
}

/** A root with the authority's name and key, as PEM; signed by the given signer. */
export function attestationRoot(sign: (tbs: Buffer) => Buffer): string {
  const constraints = extension('0603551d13', true, sequence(hex('0101ff')))
  const identifier = extension('0603551d0e', false, tagged(0x04, sha1(CA_POINT)))
  const tbs = sequence(
    tagged(0xa0, hex('020102')),
    integer(Buffer.of(1)),
    ECDSA_WITH_SHA256,
    AUTHORITY,
    VALIDITY,
    AUTHORITY,
    keyInfo(CA_POINT),
    tagged(0xa3, sequence(constraints, identifier)),
  )
  const body = sequence(tbs, ECDSA_WITH_SHA256, bits(sign(tbs))).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${body.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
}
