import { existsSync } from 'node:fs'
import { loadKeys, type Config } from '../config/index.js'
import { greetMailServer, type SmtpFailure } from '../delivery/index.js'
import { systemClock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import { readTemplates } from '../messages/index.js'
import { openNetworkClasses } from '../networks/index.js'
import { DirectoryInUse, explainStoreFailure, openStore, type Store } from '../store/index.js'
import { skewFromStore } from './clock-watch.js'

/** What was found about one part of the installation. `note`: it works, and its operator should know this. */
export interface Finding {
  readonly about: 'settings' | 'keys' | 'files' | 'store' | 'clock' | 'mail' | 'proxies'
  readonly state: 'ok' | 'note' | 'wrong'
  readonly says: string
}

type Check = (config: Config, logger: Logger) => Promise<readonly Finding[]>

const CHECKS: readonly (readonly [Finding['about'], Check])[] = [
  ['settings', checkSettings],
  ['keys', checkKeys],
  ['files', checkFiles],
  ['store', checkStore],
  ['mail', checkMail],
  ['proxies', checkProxies],
]

/** Checks what a start would use, without serving, sending or changing anything. Never rejects. */
export async function checkInstallation(config: Config, logger: Logger): Promise<readonly Finding[]> {
  const found = CHECKS.map(async ([about, check]) => {
    try {
      return await check(config, logger)
    } catch (error) {
      return [{ about, state: 'wrong', says: messageOf(error) } as const]
    }
  })
  return (await Promise.all(found)).flat()
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function checkSettings({ production, server }: Config): Promise<readonly Finding[]> {
  const mode = production ? 'production' : 'development'
  return [{ about: 'settings', state: 'ok', says: `complete, for ${mode} at ${server.publicUrl}` }]
}

async function checkKeys({ keys, store: { dataDirectory } }: Config): Promise<readonly Finding[]> {
  const configured = keys.length > 0
  const all = configured ? keys : await loadKeys(dataDirectory)
  if (!all) return [{ about: 'keys', state: 'note', says: `none yet. The first start creates one in ${dataDirectory}` }]
  const from = configured ? 'STEPGATE_KEYS' : dataDirectory
  return [{ about: 'keys', state: 'ok', says: `${all.length} from ${from}. ${all[0]?.id} signs` }]
}

async function checkFiles({ messages, networks }: Config, logger: Logger): Promise<readonly Finding[]> {
  const own = messages.directory === null ? null : await readTemplates(messages.directory)
  await openNetworkClasses(logger, networks.classesFile)
  const says = own === null ? 'the built-in messages are used' : `messages of your own in ${own.size} languages`
  return [{ about: 'files', state: 'ok', says }]
}

async function checkStore({ store: settings, clock }: Config, logger: Logger): Promise<readonly Finding[]> {
  const { mongodbUri, dataDirectory } = settings
  if (mongodbUri === null && !existsSync(dataDirectory))
    return [{ about: 'store', state: 'note', says: `${dataDirectory} does not exist yet. The first start creates it` }]
  const store = await openStore(
    { ...settings, ...(mongodbUri === null ? { mongodbUri: '' } : { mongodbUri }) },
    { logger },
  )
  try {
    await store.ping()
    const says = mongodbUri === null ? `${dataDirectory} can be read and written` : 'MongoDB answers'
    return [{ about: 'store', state: 'ok', says }, await checkClock(store, clock.maxSkewSeconds)]
  } catch (error) {
    if (error instanceof DirectoryInUse)
      return [
        { about: 'store', state: 'note', says: `a gateway uses it: process ${error.owner.pid} on ${error.owner.host}` },
      ]
    throw explainStoreFailure(error, settings)
  } finally {
    await store.close()
  }
}

async function checkClock(store: Store, maxSkewSeconds: number): Promise<Finding> {
  const skew = await skewFromStore({ store, clock: systemClock })
  if (skew === null) return { about: 'clock', state: 'ok', says: 'the store has no other clock' }
  const isTooFar = maxSkewSeconds > 0 && Math.abs(skew.seconds) - skew.uncertaintySeconds > maxSkewSeconds
  const difference = `${Math.abs(skew.seconds)} s ${skew.seconds < 0 ? 'behind' : 'ahead of'} the store`
  if (!isTooFar) return { about: 'clock', state: 'ok', says: difference }
  return { about: 'clock', state: 'wrong', says: `${difference}. Codes and expiries depend on it: synchronise both` }
}

async function checkMail({ mail, production }: Config): Promise<readonly Finding[]> {
  if (mail.smtpUrl === null)
    return [{ about: 'mail', state: 'note', says: 'no mail server. Messages are shown at /dev/outbox' }]
  const { host } = new URL(mail.smtpUrl)
  const failure = await greetMailServer({ url: mail.smtpUrl, requireTls: production })
  if (failure === null) return [{ about: 'mail', state: 'ok', says: `${host} accepts this gateway. Nothing was sent` }]
  return [{ about: 'mail', state: 'wrong', says: `${host} ${faultOf(failure)}. Check STEPGATE_SMTP_URL` }]
}

const FAULTS: ReadonlyMap<string, string> = new Map([
  ['EAUTH', 'refused the user name or the password'],
  ['EDNS', 'is unknown to the name server'],
  ['ECONNECTION', 'cannot be reached'],
  ['ESOCKET', 'cannot be reached, or its certificate is not trusted'],
  ['ETIMEDOUT', 'does not answer'],
  ['ETLS', 'offers no TLS'],
])

function faultOf({ fault, reply }: SmtpFailure): string {
  const says = FAULTS.get(fault) ?? `failed with ${fault}`
  return reply === null ? says : `${says} (${reply})`
}

async function checkProxies({ server }: Config): Promise<readonly Finding[]> {
  const { trustedProxies, forwardingHeaders, publicUrl } = server
  if (trustedProxies.length > 0) {
    const says = `callers are named by ${trustedProxies.join(', ')} in ${forwardingHeaders.join(' or ')}`
    return [{ about: 'proxies', state: 'ok', says }]
  }
  if (!publicUrl.startsWith('https:'))
    return [{ about: 'proxies', state: 'ok', says: 'none. Callers connect directly' }]
  const says = 'none is trusted, so all callers have the address of the one that ends TLS. Set STEPGATE_TRUSTED_PROXIES'
  return [{ about: 'proxies', state: 'note', says }]
}
