import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { signWith } from './soft-passkey.js'

/* X.509 certificates for tests of attestation, written in DER by hand (RFC 5280 4.1). */

export interface Certified {
  readonly der: Uint8Array
  readonly pem: string
  readonly privateKey: KeyObject
  readonly name: string
}

export interface CertificateWish {
  readonly name: string
  /** Null: self-signed. */
  readonly issuer: Certified | null
  readonly isAuthority: boolean
  readonly validFrom?: Date
  readonly validTo?: Date
}

const OID = {
  commonName: '0603550403',
  organization: '060355040a',
  organizationalUnit: '060355040b',
  country: '0603550406',
  basicConstraints: '0603551d13',
  ecdsaWithSha256: '06082a8648ce3d040302',
} as const

export function certificate(wish: CertificateWish): Certified {
  const { name, issuer, isAuthority, validFrom = new Date('2024-01-01'), validTo = new Date('2150-01-01') } = wish
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(hex(OID.ecdsaWithSha256))
  const constraints = sequence(...(isAuthority ? [hex('0101ff')] : []))
  const tbs = sequence(
    tagged(0xa0, hex('020102')), // version 3
    tagged(0x02, Buffer.concat([Buffer.of(0x01), randomBytes(15)])),
    algorithm,
    nameOf(issuer?.name ?? name),
    sequence(time(validFrom), time(validTo)),
    nameOf(name),
    publicKey.export({ format: 'der', type: 'spki' }),
    tagged(0xa3, sequence(sequence(hex(OID.basicConstraints), hex('0101ff'), tagged(0x04, constraints)))),
  )
  const signature = signWith(issuer?.privateKey ?? privateKey, tbs)
  const der = sequence(tbs, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), signature])))
  const body = der.toString('base64').replace(/.{64}/g, '$&\n')
  const pem = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
  return { der: new Uint8Array(der), pem, privateKey, name }
}

/** As packed attestation requires its subject (WebAuthn 8.2.1). */
const nameOf = (name: string): Buffer =>
  sequence(
    attribute(OID.country, 0x13, 'AA'),
    attribute(OID.organization, 0x0c, 'Tests'),
    attribute(OID.organizationalUnit, 0x0c, 'Authenticator Attestation'),
    attribute(OID.commonName, 0x0c, name),
  )

export const attribute = (oid: string, tag: number, text: string): Buffer =>
  tagged(0x31, sequence(hex(oid), tagged(tag, Buffer.from(text))))

/** GeneralizedTime. */
const time = (moment: Date): Buffer =>
  tagged(0x18, Buffer.from(`${moment.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`))

export const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts))

export function tagged(tag: number, content: Buffer): Buffer {
  if (content.length < 128) return Buffer.concat([Buffer.of(tag, content.length), content])
  return Buffer.concat([Buffer.of(tag, 0x82, content.length >> 8, content.length & 0xff), content])
}

export const hex = (text: string): Buffer => Buffer.from(text, 'hex')
