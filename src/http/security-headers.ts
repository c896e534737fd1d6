import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet, { type HelmetOptions } from 'helmet'

type Headers = readonly (readonly [string, string])[]

const NOTHING = { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] }
const SANDBOX_CDN =
  'https://embeddable-sandbox.cdn.apollographql.com https://apollo-server-landing-page.cdn.apollographql.com'

/** Headers of answers that no browser should render: nothing may load, nothing may frame them. */
export function securityHeaders(publicUrl: string): Headers {
  return headersOfHelmet({
    contentSecurityPolicy: { useDefaults: false, directives: NOTHING },
    // Only an https answer may promise https; on plain http browsers ignore it anyway.
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
    // These three speak to browsers that are gone, or repeat what the policy above says.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })
}

/** Helmet's headers depend on nothing in a request, so they are worked out once. */
function headersOfHelmet(options: HelmetOptions): Headers {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  helmet(options)(request, response, () => undefined)
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)])
}

/** The policy of Apollo's sandbox, which brings a stricter one of its own for scripts; never used in production. */
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
