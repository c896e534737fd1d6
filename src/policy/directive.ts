import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLSchema,
  GraphQLString,
  isEnumType,
  printSchema,
} from 'graphql'
import { ACCESS_LEVELS, GUARD_RULES, type Access, type GuardRule } from '../kernel/access.js'
import { ASSURANCES, type Assurance } from '../kernel/assurance.js'
import { FACTOR_TYPES, type FactorType } from '../kernel/factor-type.js'

/** The enums of the directive's arguments, by name. */
interface GuardEnums {
  readonly Access: GraphQLEnumType
  readonly Assurance: GraphQLEnumType
  readonly FactorType: GraphQLEnumType
  readonly GuardRule: GraphQLEnumType
}

const ACCESS: Readonly<Record<Access, string>> = {
  PUBLIC: 'Everyone.',
  PENDING: 'A session, including one whose second factor is still missing.',
  ACCOUNT: 'An active session.',
  MEMBER: 'An active session of a member of the organization it was opened for.',
  ORG_ADMIN: 'An administrator of that organization.',
  ADMIN: 'An operator of this gateway.',
  SERVICE: 'A backend with a service key.',
}

const ASSURANCE: Readonly<Record<Assurance, string>> = {
  ONE_FACTOR: 'One factor, such as a password.',
  MFA: 'Two factors of different kinds.',
  PHISHING_RESISTANT: 'A factor that cannot be relayed, such as a passkey.',
}

const FACTOR_TYPE: Readonly<Record<FactorType, string>> = {
  TOTP: 'Time-based codes of an authenticator app (RFC 6238).',
  SMS: 'A code sent to a phone number; "restricted" in the words of NIST SP 800-63B.',
  EMAIL: 'A code sent by e-mail; never counts as MFA unless policy says so.',
  WEBAUTHN: 'A passkey or security key; resists phishing.',
  PUSH: 'A message to an enrolled device, answered with the number the sign-in page shows.',
  RECOVERY_CODE: 'One of the single-use codes kept for a lost factor.',
}

const GUARD_RULE: Readonly<Record<GuardRule, string>> = {
  ORGANIZATION: 'The rule of the organization the session is for; the installation’s where it is for none.',
  ACCOUNT: 'The installation’s rule: the field concerns the caller’s own account, which no organization can block.',
  CREDENTIALS:
    'As `ACCOUNT`, and the proof must be of a kind that the caller’s organizations allow, where the account has had such a factor.',
}

const OWN_ENUMS: GuardEnums = {
  Access: enumType('Access', 'Who may call or read a field at all.', ACCESS_LEVELS, ACCESS),
  Assurance: enumType('Assurance', 'How strongly a session is proved, weakest first.', ASSURANCES, ASSURANCE),
  FactorType: enumType('FactorType', 'A way to prove it is you.', FACTOR_TYPES, FACTOR_TYPE),
  GuardRule: enumType('GuardRule', 'Whose rule applies to a field, besides its guard.', GUARD_RULES, GUARD_RULE),
}

/** `@guard`, as in schema/directives.graphql. A schema that has the enums already wants `withGuardDirective` instead. */
export const guardDirective: GraphQLDirective = directiveOver(OWN_ENUMS)

/** The directive and its enums as SDL, to put beside your own type definitions. */
export const guardTypeDefs: string = printSchema(new GraphQLSchema({ directives: [guardDirective] }))

/**
 * The same schema, declaring `@guard` when it did not. Its own enums of those names are used
 * where it has them (TypeGraphQL makes its own), as a schema cannot hold two types of one name.
 */
export function withGuardDirective(schema: GraphQLSchema): GraphQLSchema {
  if (schema.getDirective('guard')) return schema
  const own = (name: keyof GuardEnums): GraphQLEnumType => {
    const type = schema.getType(name)
    return isEnumType(type) ? type : OWN_ENUMS[name]
  }
  const directive = directiveOver({
    Access: own('Access'),
    Assurance: own('Assurance'),
    FactorType: own('FactorType'),
    GuardRule: own('GuardRule'),
  })
  return new GraphQLSchema({ ...schema.toConfig(), directives: [...schema.getDirectives(), directive] })
}

function directiveOver(enums: GuardEnums): GraphQLDirective {
  return new GraphQLDirective({
    name: 'guard',
    description:
      'What the caller of a field has to be and to have proved. On an object type it holds for every field that has no ' +
      'guard of its own. Everything a document reaches is decided before any of it is run.',
    locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.OBJECT],
    args: {
      access: {
        type: new GraphQLNonNull(enums.Access),
        defaultValue: 'ACCOUNT',
        description: 'Who may call or read the field at all.',
      },
      assurance: {
        type: new GraphQLNonNull(enums.Assurance),
        defaultValue: 'ONE_FACTOR',
        description: 'How strongly the session has to be proved.',
      },
      withinSeconds: {
        type: GraphQLInt,
        description: 'How many seconds old the proof may be; 0: it must be made for this one operation; null: any age.',
      },
      factors: {
        type: new GraphQLList(new GraphQLNonNull(enums.FactorType)),
        description: 'Only proofs of these factors count; null: those of every factor do.',
      },
      strongest: {
        type: new GraphQLNonNull(GraphQLBoolean),
        defaultValue: false,
        description:
          'Ask for the strongest assurance the active factors of the account can give (`ONE_FACTOR` where it has none), ' +
          'and no less than `assurance`.',
      },
      rule: {
        type: new GraphQLNonNull(enums.GuardRule),
        defaultValue: 'ORGANIZATION',
        description:
          'Whose rule holds besides this guard: which sessions need which second factor, and which kinds count.',
      },
      purpose: {
        type: GraphQLString,
        description:
          'What for: a dotted name, such as `email.change`, shown to the person and written to the audit log.',
      },
      reportOnly: {
        type: new GraphQLNonNull(GraphQLBoolean),
        defaultValue: false,
        description: 'Decide and record, but let pass: to see what a guard would do before it does it.',
      },
      authentication: {
        type: new GraphQLNonNull(GraphQLBoolean),
        defaultValue: false,
        description:
          'The field tries a password, a code or a token, or sends one. One operation may hold one such field, so that ' +
          'one request is one attempt.',
      },
    },
  })
}

function enumType<T extends string>(
  name: string,
  description: string,
  names: readonly T[],
  means: Readonly<Record<T, string>>,
): GraphQLEnumType {
  const values = Object.fromEntries(names.map((value) => [value, { description: means[value] }]))
  return new GraphQLEnumType({ name, description, values })
}
