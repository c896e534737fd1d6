import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** The certificates of a PEM file. Throws when the file is unreadable or empty, or contains anything else. */
export function readAttestationRoots(path: string): readonly string[] {
  const found = readFileSync(path, 'utf8').match(PEM) ?? []
  if (found.length === 0) throw new Error('the file contains no certificate')
  return found.map((pem) => new X509Certificate(pem).toString())
}

/**
 * Whether a chain of certificates (DER, the attesting one first) leads to one of the roots, with each link signed by a
 * certificate authority and valid now. Revocation is not checked, because a certificate must not make the gateway fetch
 * an address.
 */
export function leadsToRoot(chain: readonly Uint8Array[], roots: readonly string[], now: Date): boolean {
  try {
    const anchors = roots.map((pem) => new X509Certificate(pem)).filter((root) => isInForce(root, now))
    return climbs(
      chain.map((der) => new X509Certificate(der)),
      anchors,
      now,
    )
  } catch {
    // A certificate that node cannot read leads nowhere.
    return false
  }
}

function climbs(chain: readonly X509Certificate[], anchors: readonly X509Certificate[], now: Date): boolean {
  for (const [nth, certificate] of chain.entries()) {
    if (!isInForce(certificate, now)) return false
    if (anchors.some((anchor) => anchor.raw.equals(certificate.raw) || isIssuedBy(certificate, anchor))) return true
    const next = chain[nth + 1]
    if (!next || !isIssuedBy(certificate, next)) return false
  }
  return false
}

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

const isInForce = ({ validFrom, validTo }: X509Certificate, now: Date): boolean =>
  new Date(validFrom) <= now && now <= new Date(validTo)
