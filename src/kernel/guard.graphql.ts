import { Directive } from 'type-graphql'
import type { Access, GuardRule } from './access.js'
import type { Assurance } from './assurance.js'
import type { FactorType } from './factor-type.js'
import type { RequestContext } from './request-context.js'

/** The arguments of `@guard`; schema/directives.graphql documents each. */
export interface GuardArguments {
  readonly access?: Access
  readonly assurance?: Assurance
  readonly withinSeconds?: number
  readonly factors?: readonly FactorType[]
  readonly strongest?: boolean
  readonly rule?: GuardRule
  readonly purpose?: string
  readonly reportOnly?: boolean
  readonly authentication?: boolean
}

/** A guard that depends on an argument, so no `@guard` of the field can express it. */
export interface AskedGuard {
  readonly context: RequestContext
  readonly guard: GuardArguments
  /** The path of the field, for the refusal. */
  readonly path: string
}

/** Refuses the caller as a field with this guard would, including risk, step-up and audit event. */
export type DemandGuard = (asked: AskedGuard) => Promise<void>

/** Named degrees of freshness for `withinSeconds`. */
export const FRESHNESS = { strict: 300, moderate: 3600, lax: 86_400 } as const

const ENUM_ARGUMENTS: ReadonlySet<string> = new Set(['access', 'assurance', 'factors', 'rule'])

/** Puts `@guard` on a TypeGraphQL class or member; the policy reads it from the final schema like any other. */
// The type is spelled out: type-graphql's own declarations need class-validator, which no consumer has to install.
export function Guard(args: GuardArguments = {}): MethodDecorator & PropertyDecorator & ClassDecorator {
  const written = Object.entries(args).map(([name, value]) => `${name}: ${literal(name, value)}`)
  return Directive(written.length === 0 ? '@guard' : `@guard(${written.join(', ')})`)
}

function literal(name: string, value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(name, item)).join(', ')}]`
  return ENUM_ARGUMENTS.has(name) ? String(value) : JSON.stringify(value)
}
