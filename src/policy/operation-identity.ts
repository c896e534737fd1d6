import { Kind, print, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql'
import type { OperationIdentity } from '../kernel/request-context.js'
import type { Variables } from './conditions.js'
import { fragmentsOf } from './document-graph.js'

/** A keyed hash: the same for the same text, and of no use to guess the text with. */
export type HashOperation = (text: string) => string

/**
 * Names operations for proofs and for the audit log: a keyed hash over the printed operation with the fragments it uses,
 * its name, and its variables in canonical JSON. Comments and other operations of the document do not count; every
 * argument does, so a proof for one transfer is none for another (R084). The arguments of a sign-in hold a password: a
 * hash without a key would let whoever reads the audit log guess it at leisure.
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
    // What the operation does not declare cannot change what it does.
    const sent = declared.filter((variable) => variables && Object.hasOwn(variables, variable))
    if (sent.length === 0) return bare
    const values = sent.map((variable) => [variable, variables?.[variable]] as const)
    return { name, hash: hash(`${text}\0${canonicalJson(Object.fromEntries(values))}`) }
  }
}

/** JSON with the keys of every object sorted, so that equal values give equal text. */
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
