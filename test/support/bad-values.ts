import { getNamedType, getNullableType, isInputObjectType, isListType, type GraphQLInputType } from 'graphql'
import type { RootField } from './root-fields.js'

/** Part of every submitted text: wherever it turns up later, something repeated the input. */
export const CANARY = 'cAnArY7318'

const number = 7_318_205_512_007

/** Values that hardly any input accepts, by what is wrong with them. */
export const BAD_VALUES: Readonly<Record<string, unknown>> = {
  missing: undefined,
  null: null,
  empty: '',
  blank: ' \t ',
  'a canary': CANARY,
  '5,000 characters': CANARY.repeat(500),
  '200 kB': CANARY.repeat(20_000),
  'a NUL': `\u0000${CANARY}`,
  'a line break and a header': `${CANARY}\r\nSet-Cookie: ${CANARY}=1`,
  'a terminal sequence': `\u001B[2J${CANARY}`,
  'a right-to-left override': `${CANARY}\u202Egpj.exe`,
  'zero-width characters': `${CANARY}\u200B\u200D\uFEFF`,
  'a lone high surrogate': `${CANARY}\uD800`,
  'a lone low surrogate': `\uDC00${CANARY}`,
  'full-width letters': `${CANARY}＠ｅｘａｍｐｌｅ．ｃｏｍ`,
  'a pile of accents': `${CANARY}${'\u0301'.repeat(150)}`,
  'a line separator': `${CANARY}\u2028`,
  markup: `<img src=x onerror=${CANARY}>`,
  'a path': `../../../${CANARY}`,
  'a percent escape': `%00%0d%0a${CANARY}`,
  'an operator as text': `{"$gt":"${CANARY}"}`,
  'a template': `\${${CANARY}} {{${CANARY}}}`,
  __proto__name: '__proto__',
  constructor: 'constructor',
  hasOwnProperty: 'hasOwnProperty',
  'a dotted path': 'a.b.$set',
  'a huge number': number,
  'a negative number': -1,
  zero: 0,
  'a fraction': 1.5,
  true: true,
  false: false,
  'an empty list': [],
  'a list of text': [CANARY],
  'a list of lists': [[CANARY]],
  'a long list': Array<string>(500).fill(CANARY),
  'an empty object': {},
  'an operator': { $gt: '' },
  'an operator with a canary': { $ne: CANARY },
  'a script': { $where: CANARY },
  'a constructor': { constructor: { prototype: { polluted: CANARY } } },
}

export type Path = readonly (string | number)[]

/** Every place in a field's variables that can hold a value: the arguments and everything inside them. */
export function placesIn(field: RootField): readonly Path[] {
  return field.args.flatMap((arg) => placesOf([arg.name], arg.type))
}

function placesOf(path: Path, type: GraphQLInputType): Path[] {
  const inside = isListType(getNullableType(type)) ? [...path, 0] : path
  const named = getNamedType(type)
  const below = isInputObjectType(named)
    ? Object.values(named.getFields()).flatMap((field) => placesOf([...inside, field.name], field.type))
    : []
  return [path, ...(inside === path ? [] : [inside]), ...below]
}

/** A copy with another value at the path; `undefined` removes it. */
export function withValueAt(variables: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(variables)) {
    return variables.map((each: unknown, at) => (at === step ? withValueAt(each, rest, value) : each))
  }
  const record = variables as Readonly<Record<string, unknown>>
  return { ...record, [step]: withValueAt(record[step], rest, value) }
}
