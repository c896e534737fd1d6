import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { PERSON_PARTS, type PersonPart } from '../../src/kernel/person-part.js'
import { ACCOUNT_PROPERTIES, PROPERTIES_OF_PART } from '../../src/sessions/identified-person.js'

const ROOT = new URL('../..', import.meta.url).pathname
const SRC = join(ROOT, 'src')
const FIELD_DECORATORS = ['Query', 'Mutation', 'FieldResolver']

type PropertiesOf = Readonly<Partial<Record<PersonPart, readonly string[]>>>
const OF_PERSON: PropertiesOf = PROPERTIES_OF_PART
const OF_ACCOUNT: PropertiesOf = ACCOUNT_PROPERTIES

interface FieldMethod {
  readonly name: string
  readonly declares: readonly PersonPart[]
  /** The parts that the type of its viewer, or of the account above it, has. */
  readonly reads: readonly PersonPart[]
}

/** The resolver methods of every schema field, as the compiler understands them. */
function fieldMethods(): readonly FieldMethod[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql.ts'))
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const paths = files.map((file) => join(SRC, file))
  const program = ts.createProgram(paths, { ...options, noEmit: true })
  const checker = program.getTypeChecker()
  return paths.flatMap((path) => {
    const source = program.getSourceFile(path)
    const methods = source?.statements.filter(ts.isClassDeclaration).flatMap(({ members }) => members) ?? []
    return methods.filter(ts.isMethodDeclaration).flatMap((method) => {
      const decorators = (ts.getDecorators(method) ?? [])
        .map(({ expression }) => expression)
        .filter(ts.isCallExpression)
      const named = (names: readonly string[]) => decorators.find((each) => names.includes(each.expression.getText()))
      if (!named(FIELD_DECORATORS)) return []
      const declared = named(['Reads'])?.arguments.map((argument) => argument.getText()) ?? []
      return {
        name: method.name.getText(),
        declares: PERSON_PARTS.filter((part) => declared.includes(`'${part}'`) || declared.includes('...PERSON_PARTS')),
        reads: partsIn(checker, method),
      }
    })
  })
}

function partsIn(checker: ts.TypeChecker, { parameters }: ts.MethodDeclaration): readonly PersonPart[] {
  const propertyOf = (type: ts.Type | undefined, name: string): ts.Type | undefined => {
    const symbol = type && checker.getPropertyOfType(checker.getNonNullableType(type), name)
    return symbol && checker.getNonNullableType(checker.getTypeOfSymbol(symbol))
  }
  const has = (type: ts.Type | undefined, names: readonly string[] = []): boolean =>
    type !== undefined && names.some((name) => checker.getPropertyOfType(type, name) !== undefined)
  const types = parameters.map((parameter) => checker.getTypeAtLocation(parameter))
  const viewers = types.map((type) => propertyOf(type, 'viewer'))
  const accounts = [
    ...viewers.map((viewer) => propertyOf(viewer, 'account')),
    ...types.map((type) => propertyOf(type, 'record')),
  ]
  return PERSON_PARTS.filter(
    (part) =>
      viewers.some((viewer) => has(viewer, OF_PERSON[part])) ||
      accounts.some((account) => has(account, OF_ACCOUNT[part])),
  )
}

describe('a field that reads the signed-in person', () => {
  const methods = fieldMethods()

  it('declares exactly the parts that the type of its viewer has', () => {
    expect(methods.length).toBeGreaterThan(90)
    const wrong = methods.filter(({ declares, reads }) => declares.join() !== reads.join())
    expect(wrong).toEqual([])
  })

  it('reads everything only for what goes on to a guarded change of the person', () => {
    const whole = methods.filter(({ declares }) => declares.length === PERSON_PARTS.length).map(({ name }) => name)
    expect(whole.toSorted()).toEqual([
      'cancelChallenge',
      'challengeFactor',
      'changePhone',
      'closeAccount',
      'enrollFactor',
      'exportMyData',
      'selectOrganization',
      'verifyChallenge',
    ])
  })
})
