const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const ENDPOINT_LENGTH = 1024

function loopbackOrigin(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) && LOOPBACK.has(url.hostname) ? url.origin : null
}

/** An endpoint that may be called. */
export interface AdmittedEndpoint {
  readonly url: URL
  /** Named in the settings by its origin: the only way to reach this machine. */
  readonly isLoopback: boolean
}

/**
 * Endpoints come from browsers, so from anybody: https on the usual port, to a host on the list, without anything that
 * could mean something else to the next reader of the address. Null for all others (SSRF).
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
