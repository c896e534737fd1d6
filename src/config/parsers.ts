import { isIP } from 'node:net'
import { z } from 'zod'
import { parseEmailAddress } from '../kernel/email-address.js'
import { readWebOrigin } from './web-origin.js'

/**
 * How the text of a setting becomes a value. Every message is our own fixed text: zod's messages can quote the value,
 * and the value may be a secret.
 */
function parsed<T>(complaint: string, parse: (text: string) => T | null): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    const value = parse(text.trim())
    if (value !== null) return value
    context.addIssue({ code: 'custom', message: complaint })
    return z.NEVER
  })
}

export interface Rate {
  readonly count: number
  readonly withinSeconds: number
}

/** A configured key; the `MasterKey` of kernel/key-ring.ts. */
export interface ConfiguredKey {
  readonly id: string
  readonly secret: Buffer
}

const KEY_BYTES = 32
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/
const PROXY_NAMES: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal'])

export const integer = (min: number, max: number): z.ZodType<number, string> =>
  parsed(`must be a whole number from ${min} to ${max}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN
    return value >= min && value <= max ? value : null
  })

/** Decimals allowed. */
export const decimal = (min: number, max: number): z.ZodType<number, string> =>
  parsed(`must be a number from ${min} to ${max}`, (value) => {
    const number = /^-?\d{1,3}(?:\.\d{1,4})?$/.test(value) ? Number(value) : Number.NaN
    return number >= min && number <= max ? number : null
  })

export const oneOf = <const T extends string>(...names: readonly T[]): z.ZodType<T, string> =>
  parsed(`must be one of ${names.join(', ')}`, (text) => names.find((name) => name === text) ?? null)

export const onOff = parsed('must be on or off', (value) => (value === 'on' ? true : value === 'off' ? false : null))

export const text = parsed('must be a line of 1 to 200 printable characters', (value) =>
  /^[^\p{Cc}]{1,200}$/u.test(value) ? value : null,
)

/** A setting that may be missing; empty text counts as missing. */
export const optional = <T>(parser: z.ZodType<T, string>): z.ZodType<T | null, string> =>
  z.string().transform((value, context) => {
    if (value.trim() === '') return null
    const result = parser.safeParse(value)
    if (result.success) return result.data
    for (const { message } of result.error.issues) context.addIssue({ code: 'custom', message })
    return z.NEVER
  })

export const rate = parsed<Rate>('must be <count>/<seconds>, such as 10/900', (value) => {
  const [, count, withinSeconds] = /^([1-9]\d{0,6})\/([1-9]\d{0,6})$/.exec(value) ?? []
  return count && withinSeconds ? { count: Number(count), withinSeconds: Number(withinSeconds) } : null
})

export const url = (...protocols: readonly string[]): z.ZodType<URL, string> =>
  parsed(`must be an absolute address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`, (value) => {
    const found = URL.canParse(value) ? new URL(value) : null
    const isComplete = found?.protocol === 'mailto:' ? found.pathname.includes('@') : found?.hostname !== ''
    return found && protocols.includes(found.protocol) && isComplete ? found : null
  })

/** A connection string may name several hosts, so it is not always a URL; the driver parses the rest. */
export const mongodbUri = parsed('must start with mongodb:// or mongodb+srv://', (value) =>
  /^mongodb(\+srv)?:\/\/[^\s]+$/.test(value) ? value : null,
)

const ANDROID_APP = /^android:apk-key-hash:[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

const originsWith = (readAlso: (item: string) => boolean): z.ZodType<readonly string[], string> =>
  z.string().transform((value, context) => {
    const origins = new Set<string>()
    const items = value.trim() === '' ? [] : value.split(',')
    for (const [at, item] of items.map((part) => part.trim()).entries()) {
      const read = readAlso(item) ? { origin: item } : readWebOrigin(item)
      if ('origin' in read) origins.add(read.origin)
      else context.addIssue({ code: 'custom', message: `cannot contain entry ${at + 1}: it ${read.fault}` })
    }
    return [...origins]
  })

/** Origins as browsers, the web views of apps, and extensions write them. An entry that cannot match is refused. */
export const originList = originsWith(() => false)

/** Origins, and Android apps as their system names them: the SHA-256 of the signing certificate as base64url. */
export const passkeyOriginList = originsWith((item) => ANDROID_APP.test(item))

/** A domain as browsers compare it: no scheme, port or path. */
export const relyingParty = parsed('must be a domain such as example.com, without scheme, port or path', (value) => {
  const host = URL.canParse(`https://${value}`) ? new URL(`https://${value}`).hostname : ''
  return !/[/:?#@*\s\\]/.test(value) && /^[a-z0-9_.-]+$/.test(host) && !host.endsWith('.') && isIP(host) === 0
    ? host
    : null
})

export const proxy = parsed('must be addresses, networks (10.0.0.0/8), loopback, linklocal or uniquelocal', (value) => {
  if (PROXY_NAMES.has(value)) return value
  // A network of zero bits is the whole internet, which cannot be a trusted proxy.
  return isNetwork(value, 1) ? value : null
})

/** Whether the text is an address, or a network of at least so many bits. */
function isNetwork(value: string, fewestBits: number): boolean {
  const [address = '', bits, ...rest] = value.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/.test(bits) && Number(bits) >= fewestBits && Number(bits) <= (version === 4 ? 32 : 128)
}

export const network = parsed('must be addresses or networks, such as 192.0.2.7 or 2001:db8::/48', (value) =>
  // Eight bits or more: half of the internet is not one office.
  isNetwork(value, 8) && !value.includes('%') ? value : null,
)

export const headerName = parsed('must be names of HTTP headers', (value) =>
  /^[a-z0-9-]{1,64}$/i.test(value) ? value.toLowerCase() : null,
)

export const email = parsed('must be e-mail addresses', (value) => parseEmailAddress(value)?.key ?? null)

export const key = parsed<ConfiguredKey>(
  `must be <id>:<base64> with at least ${KEY_BYTES} bytes, and ids of letters, digits, - and _`,
  (value) => {
    const [id = '', encoded = '', ...rest] = value.split(':')
    if (rest.length > 0 || !KEY_ID.test(id) || !BASE64.test(encoded)) return null
    const secret = Buffer.from(encoded, 'base64')
    return secret.length >= KEY_BYTES ? { id, secret } : null
  },
)

/** A comma-separated list; empty text is the empty list. */
export const list = <T>(item: z.ZodType<T, string>): z.ZodType<readonly T[], string> =>
  z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item))

const SERVICE_HOST = /^(?:\*\.)?(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z][a-z0-9-]{0,62}$/

/** A host of a push service, optionally with `*.` in front, or the origin of a server on this machine. */
export const pushService = parsed('must be hosts such as push.example.com, or origins on loopback', (value) => {
  const local = URL.canParse(value) ? new URL(value) : null
  const isLocal = local !== null && LOOPBACK_NAMES.has(local.hostname) && /^https?:$/.test(local.protocol)
  return SERVICE_HOST.test(value) || (isLocal && local.origin === value) ? value : null
})

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

const VAPID_PUBLIC_BYTES = 65
const VAPID_PRIVATE_BYTES = 32

/** An uncompressed point of P-256, as `stepgate keys vapid` prints it. */
export const vapidPublicKey = parsed('must be a key as `stepgate keys vapid` prints it', (value) => {
  const bytes = Buffer.from(value, 'base64url')
  return bytes.length === VAPID_PUBLIC_BYTES && bytes[0] === 4 && bytes.toString('base64url') === value ? value : null
})

export const vapidPrivateKey = parsed('must be a key as `stepgate keys vapid` prints it', (value) => {
  const bytes = Buffer.from(value, 'base64url')
  return bytes.length === VAPID_PRIVATE_BYTES && bytes.toString('base64url') === value ? value : null
})

export const domain = parsed('must be domains such as example.com', (value) =>
  /^(?=.{3,253}$)(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{0,62}$/.test(value.toLowerCase()) ? value.toLowerCase() : null,
)

/** As node:dns accepts them: `192.0.2.1`, `192.0.2.1:53`, `2001:db8::1` or `[2001:db8::1]:53`. */
export const dnsServer = parsed('must be addresses of DNS servers, such as 192.0.2.1 or 192.0.2.1:5353', (value) => {
  const [, bracketed, plain, port = '53'] = /^(?:\[([0-9a-f:]+)\]|([0-9.]+))(?::([0-9]{1,5}))?$/i.exec(value) ?? []
  const address = bracketed ?? plain
  if (address === undefined) return isIP(value) === 6 ? value : null
  return isIP(address) === (bracketed === undefined ? 4 : 6) && Number(port) > 0 && Number(port) < 65_536 ? value : null
})
