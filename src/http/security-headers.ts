import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet, { type HelmetOptions } from 'helmet'

type Headers = readonly (readonly [string, string])[]

const NOTHING = { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] }
const SANDBOX_CDN =
  'https://embeddable-sandbox.cdn.apollographql.com https://apollo-server-landing-page.cdn.apollographql.com'

/** Headers for answers that browsers should not render: nothing may be loaded, and no page may frame them. */
export function securityHeaders(publicUrl: string): Headers {
  return headersOfHelmet({
    contentSecurityPolicy: { useDefaults: false, directives: NOTHING },
    // Only for https. Browsers ignore this header over plain http.
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
    // These three are for browsers that no longer exist, or repeat the policy above.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })
}

/** Helmet's headers do not depend on the request, so they are computed once. */
function headersOfHelmet(options: HelmetOptions): Headers {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  helmet(options)(request, response, () => undefined)
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)])
}

/** The policy for Apollo's sandbox, which adds a stricter one for its scripts. Never used in production. */
export const SANDBOX_POLICY = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline' ${SANDBOX_CDN}`,
  `style-src 'self' 'unsafe-inline' https://fonts.googleapis.com ${SANDBOX_CDN}`,
  'font-src https://fonts.gstatic.com',
  `img-src 'self' ${SANDBOX_CDN}`,
  `manifest-src 'self' ${SANDBOX_CDN}`,
  'frame-src https://sandbox.embed.apollographql.com',
  "frame-ancestors 'none'",
].join('; ')
