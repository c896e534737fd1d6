import type { Answer, Factor, FactorKind, Material, MaterialAdvance } from '../../src/factors/index.js'
import { newId, type AccountId, type FactorId } from '../../src/kernel/ids.js'
import { createKeyRing } from '../../src/kernel/key-ring.js'
import { createSecrets, type Secrets } from '../../src/kernel/secrets.js'

export const NOW = new Date('2026-03-02T09:00:10.000Z')

export const secretsOf = (...masters: readonly string[]): Secrets =>
  createSecrets(createKeyRing(masters.map((id) => ({ id, secret: Buffer.alloc(32, id) }))))

export const codeAnswer = (code: string): Answer => ({ code, recoveryCode: null })

/** An active factor of a kind, with what was shown of it. */
export async function enrolled(kind: FactorKind, owner: AccountId = newId()) {
  const factorId = newId<FactorId>()
  const { material, reveal } = await kind.begin({ accountId: owner, factorId, label: 'ada@example.com' })
  return { owner, reveal, factor: factorOf(kind, factorId, material) }
}

export function factorOf(kind: FactorKind, id: FactorId, material: Material): Factor {
  return {
    id,
    type: kind.type,
    name: kind.defaultName,
    status: 'ACTIVE',
    createdAt: NOW,
    activatedAt: NOW,
    lastUsedAt: null,
    consecutiveFailures: 0,
    material,
  }
}

/** The material after an advance, as a store applies it; null when what must hold of it does not. */
export function advanced(material: Material, { where, set, unset }: MaterialAdvance): Material | null {
  const holds = Object.entries(where).every(([path, condition]) => {
    const value = valueAt(material, path)
    if ('$exists' in condition) return value !== undefined
    return typeof value === 'number' && value < condition.$lt
  })
  if (!holds) return null
  const copy = structuredClone(material) as Record<string, unknown>
  for (const [path, value] of Object.entries(set)) parentOf(copy, path)[lastOf(path)] = value
  for (const path of unset) Reflect.deleteProperty(parentOf(copy, path), lastOf(path))
  return copy as Material
}

const lastOf = (path: string): string => path.split('.').at(-1) ?? ''

function parentOf(material: Record<string, unknown>, path: string): Record<string, unknown> {
  return path
    .split('.')
    .slice(0, -1)
    .reduce((at, key) => at[key] as Record<string, unknown>, material)
}

function valueAt(material: Material, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], material)
}
