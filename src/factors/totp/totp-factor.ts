import { generateSecret } from 'otplib'
import type { Secrets } from '../../kernel/secrets.js'
import { NOTHING_REVEALED, type FactorKind, type Material } from '../factor.js'
import { readDigits } from '../read-digits.js'
import { learnedDrift, windowFor } from './drift.js'
import { keyUri } from './key-uri.js'
import { openMaterial, sealedFor, type TotpMaterial } from './totp-material.js'
import { withUsed } from './used-steps.js'
import { timeStepOf } from './verify-code.js'

export interface TotpSettings {
  /** The issuer name that authenticator apps show beside the account. */
  readonly issuer: string
  /** Past time steps that still count: 1 by default, 0 for the strict profile of ASVS 6.5.5. */
  readonly pastSteps: number
  /** Time steps ahead that count as well: 0 or 1. With `pastSteps` 0 none does. */
  readonly stepsAhead: number
  /** How many steps the accepted codes can follow a phone's clock, in each direction. */
  readonly maxDriftSteps: number
  readonly challengeSeconds: number
}

const SEED_BYTES = 20 // 160 bits, as RFC 4226 section 4 recommends.

/** Time-based codes of an authenticator app (RFC 6238). */
export function totpFactor(deps: { readonly secrets: Secrets }, settings: TotpSettings): FactorKind {
  return {
    type: 'TOTP',
    defaultName: 'Authenticator app',
    challengeSeconds: settings.challengeSeconds,
    begin: async ({ accountId, factorId, label }) => {
      const secret = generateSecret({ length: SEED_BYTES })
      const parameters = { algorithm: 'sha1', digits: 6, periodSeconds: 30 } as const
      const material = {
        ...parameters,
        sealedSecret: deps.secrets.seal(secret, sealedFor(accountId, factorId)),
        lastTimeStep: 0,
        usedTimeSteps: '0',
        driftSteps: 0,
      } satisfies TotpMaterial
      const otpauthUri = keyUri({ issuer: settings.issuer, label, secret, ...parameters })
      return { kind: 'begun', material, reveal: { ...NOTHING_REVEALED, totp: { secret, otpauthUri } } }
    },
    canBeAnswer: ({ factor, answer }) => isCode(factor.material, answer.code ?? ''),
    judge: async ({ accountId, factor, answer, now }) => {
      const context = sealedFor(accountId, factor.id)
      const opened = openMaterial(deps.secrets, factor.material, context)
      if (!opened) return { kind: 'unreadable' }
      const window = windowFor(opened.totp, settings)
      const step = timeStepOf(opened.totp, opened.seed, answer.code ?? '', now, window)
      if (step === null) return { kind: 'wrong' }
      const resealed = opened.stale ? { sealedSecret: deps.secrets.seal(opened.seed, context) } : {}
      const driftSteps = learnedDrift(opened.totp, step, now, window)
      const used = { lastTimeStep: step, usedTimeSteps: withUsed(opened.totp, step), driftSteps }
      // As read: of two answers at once, whether with one code or with two, one is accepted.
      const where = { lastTimeStep: opened.totp.lastTimeStep }
      return { kind: 'right', advance: { where, set: { ...used, ...resealed }, unset: [] } }
    },
  }
}

const isCode = ({ digits }: Material, typed: string): boolean =>
  typeof digits !== 'number' || readDigits(typed, digits) !== null
