import type { Express, RequestHandler } from 'express'
import type { HttpPorts } from './ports.js'
import { publicDocument } from './public-document.js'
import { relatedOrigins } from './related-origins.js'

/** The documents below `/.well-known`: keys, metadata of the issuer, and the origins that share passkeys. */
export function addWellKnown<Viewer>(app: Express, ports: HttpPorts<Viewer>, reading: RequestHandler): void {
  const { config, issuerMetadata } = ports
  app.all(
    '/.well-known/jwks.json',
    publicDocument(() => ports.jwks()),
  )
  if (issuerMetadata) {
    app.all(
      metadataPath(config.server.publicUrl),
      publicDocument(() => issuerMetadata),
    )
  }
  const related = config.webauthn.origins.filter((origin) => origin.startsWith('https://'))
  if (related.length > 1) app.all('/.well-known/webauthn', reading, relatedOrigins(related))
}

/** The path of an issuer goes behind the well-known part (RFC 8414 section 3.1). */
function metadataPath(issuer: string): string {
  const { pathname } = new URL(issuer)
  return `/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`
}
