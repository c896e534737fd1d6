import type { AccountId, FactorId } from '../../kernel/ids.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { Material } from '../factor.js'

export const TOTP_ALGORITHMS = ['sha1', 'sha256', 'sha512'] as const
export type TotpAlgorithm = (typeof TOTP_ALGORITHMS)[number]

/** What is stored of an authenticator app: RFC 6238 parameters, the sealed seed, and the time steps that were used. */
export interface TotpMaterial {
  readonly sealedSecret: string
  readonly algorithm: TotpAlgorithm
  readonly digits: 6 | 8
  readonly periodSeconds: number
  /** The one that was used last. Each is stored at most once, so it also identifies the state of the material. */
  readonly lastTimeStep: number
  /** The latest used ones, see used-steps.ts; null: the factor is from before they were remembered. */
  readonly usedTimeSteps: string | null
  /** How many steps the phone's clock is ahead, see drift.ts; 0 if nothing was learned or stored yet. */
  readonly driftSteps: number
}

/** Binds the sealed seed to its owner, so that it cannot be opened anywhere else. */
export const sealedFor = (accountId: AccountId, factorId: FactorId): string => `totp:${accountId}:${factorId}`

/** Null when the stored material has another shape or cannot be opened. */
export function openMaterial(
  secrets: Secrets,
  material: Material,
  context: string,
): { readonly totp: TotpMaterial; readonly seed: string; readonly stale: boolean } | null {
  const { sealedSecret, algorithm, digits, periodSeconds, lastTimeStep } = material
  const usedTimeSteps = typeof material['usedTimeSteps'] === 'string' ? material['usedTimeSteps'] : null
  const driftSteps = Number.isSafeInteger(material['driftSteps']) ? Number(material['driftSteps']) : 0
  if (typeof sealedSecret !== 'string' || typeof periodSeconds !== 'number' || typeof lastTimeStep !== 'number')
    return null
  if (digits !== 6 && digits !== 8) return null
  const known = TOTP_ALGORITHMS.find((name) => name === algorithm)
  const opened = secrets.open(sealedSecret, context)
  if (!known || !opened) return null
  const steps = { periodSeconds, lastTimeStep, usedTimeSteps, driftSteps }
  const totp = { sealedSecret, algorithm: known, digits, ...steps } as const
  return { totp, seed: opened.plain, stale: opened.stale }
}
