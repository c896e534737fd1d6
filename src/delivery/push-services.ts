const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const ENDPOINT_LENGTH = 1024

function loopbackOrigin(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) && LOOPBACK.has(url.hostname) ? url.origin : null
}

/** A push endpoint that the gateway may call. */
export interface AdmittedEndpoint {
  readonly url: URL
  /** The settings list its origin. Only such an endpoint may be on this machine. */
  readonly isLoopback: boolean
}

/**
 * Checks an endpoint, which any client can choose (SSRF). It has to be https on the standard port and a listed host, without
 * parts that another URL parser could read differently. Null for all others.
 */
export function admitEndpoint(services: readonly string[], endpoint: string): AdmittedEndpoint | null {
  if (endpoint.length > ENDPOINT_LENGTH || !/^[\x21-\x7e]+$/.test(endpoint) || !URL.canParse(endpoint)) return null
  const url = new URL(endpoint)
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null
  if (services.some((service) => service === loopbackOrigin(endpoint))) return { url, isLoopback: true }
  if (url.protocol !== 'https:' || url.port !== '') return null
  const isListed = services.some((service) =>
    service.startsWith('*.') ? url.hostname.endsWith(service.slice(1)) : service === url.hostname,
  )
  return isListed ? { url, isLoopback: false } : null
}
