import { readFile } from 'node:fs/promises'
import { ConfigError, type Config } from '../config/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import { createTrustedIssuers, readTrustedIssuers, remoteKeys, type TrustedIssuers } from '../sign-in/index.js'

const SETTING = 'STEPGATE_TRUSTED_ISSUERS'

/** The issuers whose tokens are accepted. Reads the file that lists them, and stops the start when it is invalid. */
export async function composeIssuers(
  { services }: Pick<Config, 'services'>,
  deps: { readonly clock: Clock; readonly logger: Logger },
): Promise<TrustedIssuers> {
  const path = services.trustedIssuers
  const text = path === null ? '[]' : await readFile(path, 'utf8').catch(() => null)
  if (text === null) throw new ConfigError([{ setting: SETTING, says: 'names a file that cannot be read' }])
  const read = readTrustedIssuers(text)
  if (read.kind === 'mistake') throw new ConfigError([{ setting: SETTING, says: read.says }])
  return createTrustedIssuers({ clock: deps.clock, keysOf: (issuer) => remoteKeys(deps, issuer) }, read.issuers)
}
