import { Kind, type OperationDefinitionNode, type SelectionNode } from 'graphql'

/** A selection runs only if the variable has this value. */
export interface Condition {
  readonly variable: string
  readonly wanted: boolean
}

/** The values of the condition variables in one request. `null` means unknown and counts as "may run". */
export type ConditionValues = ReadonlyMap<string, boolean | null>

export type Variables = Readonly<Record<string, unknown>> | null | undefined

/** The `@skip` and `@include` conditions of a selection. Null if a literal already excludes it. */
export function conditionsOf(selection: SelectionNode): readonly Condition[] | null {
  const conditions: Condition[] = []
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value
    if (name !== 'skip' && name !== 'include') continue
    const wanted = name === 'include'
    const value = directive.arguments?.find((arg) => arg.name.value === 'if')?.value
    if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return null
    if (value?.kind === Kind.VARIABLE) conditions.push({ variable: value.name.value, wanted })
  }
  return conditions
}

export function mayRun(conditions: readonly Condition[], values: ConditionValues): boolean {
  return conditions.every(({ variable, wanted }) => (values.get(variable) ?? wanted) === wanted)
}

/** Reads the condition variables as the executor does: the value sent, else the operation's default. */
export function conditionValues(
  operation: OperationDefinitionNode,
  names: readonly string[],
  variables: Variables,
): ConditionValues {
  return new Map(names.map((name) => [name, booleanOf(sentOrDefault(operation, name, variables))]))
}

function sentOrDefault(operation: OperationDefinitionNode, name: string, variables: Variables): unknown {
  if (variables && Object.hasOwn(variables, name)) return variables[name]
  const definition = operation.variableDefinitions?.find((candidate) => candidate.variable.name.value === name)
  const fallback = definition?.defaultValue
  return fallback?.kind === Kind.BOOLEAN ? fallback.value : undefined
}

// The executor rejects any other type, so nothing runs. Treating the value as unknown is therefore safe.
const booleanOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)
