import {
  astFromValue,
  getArgumentValues,
  Kind,
  type ArgumentNode,
  type ConstDirectiveNode,
  type DirectiveNode,
} from 'graphql'
import type { Access, GuardRule } from '../kernel/access.js'
import type { Assurance } from '../kernel/assurance.js'
import { FACTOR_TYPES, type FactorType } from '../kernel/factor-type.js'
import { guardDirective } from './directive.js'
import type { Requirement } from './requirement.js'

/** A schema element that can have directives, from SDL (`astNode`) or from code (`extensions.directives`). */
export interface DirectiveCarrier {
  readonly astNode?: DirectiveHolder | null | undefined
  readonly extensionASTNodes?: readonly DirectiveHolder[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

interface DirectiveHolder {
  readonly directives?: readonly ConstDirectiveNode[] | undefined
}

/** The `@guard`s on this schema element. More than one is a mistake, which the calling code reports. */
export function guardsOf(carrier: DirectiveCarrier): readonly DirectiveNode[] {
  const nodes = [carrier.astNode, ...(carrier.extensionASTNodes ?? [])]
  const written = nodes.flatMap((node) => node?.directives ?? []).filter((node) => node.name.value === 'guard')
  // Tools that rebuild a schema copy directives to `extensions` and keep the nodes. Both then mean the same guard.
  return written.length > 0 ? written : guardsInExtensions(carrier.extensions)
}

/** The requirement of one `@guard`. Throws if an argument is unknown or has a wrong value. */
export function requirementOfGuard(node: DirectiveNode): Requirement {
  const unknown = (node.arguments ?? []).find((arg) => !guardDirective.args.some(({ name }) => name === arg.name.value))
  if (unknown) throw new Error(`has no argument "${unknown.name.value}"`)
  const args = getArgumentValues(guardDirective, node) as {
    access: Access
    assurance: Assurance
    withinSeconds?: number | null
    factors?: readonly FactorType[] | null
    strongest: boolean
    rule: GuardRule
    purpose?: string | null
    reportOnly: boolean
    authentication: boolean
  }
  const { factors } = args
  return Object.freeze({
    access: args.access,
    assurance: args.assurance,
    withinSeconds: args.withinSeconds ?? null,
    // Sorted and without duplicates, so that equal lists compare equal.
    factors: factors ? Object.freeze(FACTOR_TYPES.filter((type) => factors.includes(type))) : null,
    strongest: args.strongest,
    rule: args.rule,
    purpose: args.purpose ?? null,
    reportOnly: args.reportOnly,
    authentication: args.authentication,
  })
}

function guardsInExtensions(extensions: DirectiveCarrier['extensions']): readonly DirectiveNode[] {
  const directives = extensions?.['directives']
  if (Array.isArray(directives)) {
    const found = directives.filter((directive: { name?: unknown }) => directive.name === 'guard')
    return found.map((directive: { args?: object }) => guardNode(directive.args ?? {}))
  }
  const guard = (directives as { guard?: object | readonly object[] } | undefined)?.guard
  if (guard === undefined) return []
  return (Array.isArray(guard) ? guard : [guard]).map(guardNode)
}

function guardNode(args: object): DirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'guard' },
    arguments: Object.entries(args).map(([name, value]) => argumentNode(name, value)),
  }
}

function argumentNode(name: string, value: unknown): ArgumentNode {
  const type = guardDirective.args.find((arg) => arg.name === name)?.type
  const literal = type && value !== undefined ? astFromValue(value, type) : { kind: Kind.NULL as const }
  if (!literal) throw new Error(`cannot take that value for "${name}"`)
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value: literal }
}
