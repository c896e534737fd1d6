import { Kind, print, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql'
import type { OperationIdentity } from '../kernel/request-context.js'
import type { Variables } from './conditions.js'
import { fragmentsOf } from './document-graph.js'

/** A keyed hash: deterministic, but useless for guessing the text without the key. */
export type HashOperation = (text: string) => string

/**
 * Identifies operations in proofs and in the audit log: a keyed hash over the printed operation with its fragments, its
 * name, and its variables in canonical JSON. Comments and other operations of the document do not affect it. Every
 * argument does, so a proof for one transfer is not valid for another (R084). The arguments of a sign-in contain a
 * password, and a hash without a key would let a reader of the audit log guess it offline.
 */
export function identifierOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  hash: HashOperation,
): (variables: Variables) => OperationIdentity {
  const name = operation.name?.value ?? null
  const text = hash(`${name ?? ''}\0${printed(document, operation)}`)
  const declared = (operation.variableDefinitions ?? []).map((definition) => definition.variable.name.value).sort()
  const bare = Object.freeze({ name, hash: hash(`${text}\0{}`) })
  return (variables) => {
    // Variables that the operation does not declare have no effect.
    const sent = declared.filter((variable) => variables && Object.hasOwn(variables, variable))
    if (sent.length === 0) return bare
    const values = sent.map((variable) => [variable, variables?.[variable]] as const)
    return { name, hash: hash(`${text}\0${canonicalJson(Object.fromEntries(values))}`) }
  }
}

/** JSON with sorted keys, so that equal values give equal text. */
function canonicalJson(value: unknown): string {
  if (value === undefined) return 'null'
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value instanceof Date) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

function printed(document: DocumentNode, operation: OperationDefinitionNode): string {
  const fragments = fragmentsOf(document)
  const used = new Set<string>()
  const note = (definition: Parameters<typeof visit>[0]): void => {
    visit(definition, {
      [Kind.FRAGMENT_SPREAD]: ({ name }: { name: { value: string } }) => {
        const fragment = fragments.get(name.value)
        if (!fragment || used.has(name.value)) return
        used.add(name.value)
        note(fragment)
      },
    })
  }
  note(operation)
  const names = [...used].sort()
  return [operation, ...names.flatMap((name) => fragments.get(name) ?? [])].map(print).join('\n')
}
