import type { Secrets } from '../../kernel/secrets.js'
import { NOTHING_REVEALED, type Answer, type FactorKind, type Material } from '../factor.js'
import { hashRecoveryCode, hashRecoveryCodeAs, newRecoveryCode, readRecoveryCode } from './recovery-code.js'

export interface RecoverySettings {
  readonly codes: number
  readonly challengeSeconds: number
}

/** Single-use codes kept for a lost factor. */
export function recoveryFactor(deps: { readonly secrets: Secrets }, settings: RecoverySettings): FactorKind {
  return {
    type: 'RECOVERY_CODE',
    defaultName: 'Recovery codes',
    challengeSeconds: settings.challengeSeconds,
    begin: async () => {
      const recoveryCodes = Array.from({ length: settings.codes }, newRecoveryCode)
      const hashes = await Promise.all(recoveryCodes.map((code) => hashRecoveryCode(code.replaceAll('-', ''))))
      const codes = Object.fromEntries(hashes.map((hash, index) => [`c${index}`, hash]))
      return { kind: 'begun', material: { codes }, reveal: { ...NOTHING_REVEALED, recoveryCodes } }
    },
    canBeAnswer: ({ answer }) => symbolsOf(answer) !== null,
    judge: async ({ factor, answer }) => {
      const symbols = symbolsOf(answer)
      const slot = symbols && (await findSlot(deps.secrets, factor.material, symbols))
      if (!slot) return { kind: 'wrong' }
      const path = `codes.${slot}`
      return { kind: 'right', advance: { where: { [path]: { $exists: true } }, set: {}, unset: [path] } }
    },
  }
}

const symbolsOf = ({ recoveryCode, code }: Answer): string | null => readRecoveryCode(recoveryCode ?? code ?? '')

function codesOf(material: Material): (readonly [string, string])[] {
  const codes = material['codes']
  if (typeof codes !== 'object' || codes === null || codes instanceof Date) return []
  return Object.entries(codes)
}

/** Tries every code even after a match, so that the response time does not reveal which one it was. */
async function findSlot(secrets: Secrets, material: Material, symbols: string): Promise<string | null> {
  const matches = await Promise.all(
    codesOf(material).map(async ([slot, stored]) => {
      return secrets.equal(await hashRecoveryCodeAs(stored, symbols), stored) ? slot : null
    }),
  )
  return matches.find((slot) => slot !== null) ?? null
}
