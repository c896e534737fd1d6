import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import { encryptPush, type PushKeys } from './encrypt-push.js'
import { lookupPublic } from './lookup-public.js'
import { admitEndpoint, type AdmittedEndpoint } from './push-services.js'
import { vapidHeader, type VapidKeys } from './vapid.js'

export interface WebPushSettings {
  /** Null: push messages are turned off. */
  readonly vapid: VapidKeys | null
  /** Hosts that may be called; see push-services.ts. */
  readonly services: readonly string[]
  readonly timeoutMilliseconds?: number
}

export interface WebPush {
  readonly publicKey: string | null
  admits(endpoint: string): boolean
  wake(message: {
    readonly subscription: PushKeys & { readonly endpoint: string }
    readonly payload: string
    readonly ttlSeconds: number
  }): Promise<'sent' | 'gone' | 'failed'>
}

const TIMEOUT_MILLISECONDS = 5_000
const TOKEN_SECONDS = 600
/** RFC 8030: the subscription no longer exists. */
const GONE: readonly number[] = [404, 410]

/**
 * Sends push messages to browsers through their push services (RFC 8030, 8291, 8292). It follows no redirects, reads no
 * answers, and calls no name that leads to this machine or its networks.
 */
export function createWebPush(deps: { readonly clock: Clock }, settings: WebPushSettings): WebPush {
  const { vapid, services, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = settings
  return {
    publicKey: vapid?.publicKey ?? null,
    admits: (endpoint) => admitEndpoint(services, endpoint) !== null,
    wake: async ({ subscription, payload, ttlSeconds }) => {
      // Checked again, because the list may have changed since the device subscribed.
      const admitted = admitEndpoint(services, subscription.endpoint)
      if (!admitted || !vapid) return 'failed'
      try {
        const body = encryptPush(payload, subscription)
        const expiresAt = secondsAfter(deps.clock.now(), TOKEN_SECONDS)
        const status = await post(admitted, body, {
          signal: AbortSignal.timeout(timeoutMilliseconds),
          headers: {
            Authorization: vapidHeader(vapid, admitted.url.origin, expiresAt),
            'Content-Encoding': 'aes128gcm',
            'Content-Type': 'application/octet-stream',
            'Content-Length': body.length,
            TTL: ttlSeconds,
            Urgency: 'high',
          },
        })
        if (GONE.includes(status)) return 'gone'
        return status >= 200 && status < 300 ? 'sent' : 'failed'
      } catch {
        // Without the cause: it names the endpoint, which is a secret of the device.
        return 'failed'
      }
    },
  }
}

function post({ url, isLoopback }: AdmittedEndpoint, body: Buffer, options: RequestOptions): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  const lookup = isLoopback ? {} : { lookup: lookupPublic }
  return new Promise((settle, fail) => {
    request(url, { ...options, ...lookup, method: 'POST', agent: false }, (response) => {
      settle(response.statusCode ?? 0)
      response.destroy()
    })
      .on('error', fail)
      .end(body)
  })
}
