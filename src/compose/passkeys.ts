import { ConfigError, type Config } from '../config/index.js'
import { passkeySignIn, readAttestationRoots, type RelyingParty } from '../factors/webauthn/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'

/** The relying party of passkeys. Reads the file of attestation roots, and stops the start when it is invalid. */
export function relyingPartyOf({ webauthn, serviceName }: Pick<Config, 'webauthn' | 'serviceName'>): RelyingParty {
  const { rpId, origins, topOrigins, attestationRoots } = webauthn
  return {
    rpId,
    name: serviceName,
    origins,
    topOrigins,
    attestationRoots: attestationRoots === null ? null : rootsIn(attestationRoots),
  }
}

function rootsIn(path: string): readonly string[] {
  try {
    return readAttestationRoots(path)
  } catch {
    const says = 'has to be the path of a PEM file of certificates that can be read'
    throw new ConfigError([{ setting: 'STEPGATE_WEBAUTHN_ATTESTATION_ROOTS', says }])
  }
}

/** Passkeys instead of the password; null where passkeys are disabled. */
export function composePasskeySignIn(deps: {
  readonly config: Config
  readonly secrets: Secrets
  readonly clock: Clock
  readonly relyingParty: RelyingParty
}) {
  const { config } = deps
  if (!config.factors.enabled.includes('WEBAUTHN')) return null
  return passkeySignIn(deps, { challengeSeconds: config.challenges.totpSeconds })
}
