import type { FactorProof } from '../../kernel/assurance.js'
import { FACTOR_TYPES } from '../../kernel/factor-type.js'
import type { FactorId } from '../../kernel/ids.js'
import type { Session } from '../../sessions/index.js'

const WRITTEN = /^([A-Z_]+) (\d+)((?: [^ ]+)*)$/

/** Each proof as text under the id of its factor: its type, when it was made, and the names of what was proved. */
export const compactProofs = (proofs: Session['proofs']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(proofs).map(([factorId, { type, provedAt, methods }]) => [
      factorId,
      [type, provedAt.getTime(), ...(methods ?? [])].join(' '),
    ]),
  )

/** The proofs, from their texts or from an older form. What cannot be read proves nothing. */
export function readProofs(stored: Readonly<Record<string, FactorProof | string>>): Session['proofs'] {
  const proofs = Object.entries(stored).flatMap(([factorId, each]) => {
    const proof = typeof each === 'string' ? readProof(factorId as FactorId, each) : each
    return proof ? [[factorId, proof] as const] : []
  })
  return Object.fromEntries(proofs)
}

function readProof(factorId: FactorId, text: string): FactorProof | null {
  const [, name, time, names = ''] = WRITTEN.exec(text) ?? []
  const type = FACTOR_TYPES.find((each) => each === name)
  if (type === undefined) return null
  return { factorId, type, provedAt: new Date(Number(time)), methods: names === '' ? null : names.slice(1).split(' ') }
}
