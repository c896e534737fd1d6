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
  PUBLIC: 'Anyone.',
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
  SMS: 'A code sent to a phone number. NIST SP 800-63B calls it "restricted".',
  EMAIL: 'A code sent by e-mail. It does not count as MFA unless the installation says so.',
  WEBAUTHN: 'A passkey or security key. It resists phishing.',
  PUSH: 'A prompt on an enrolled device, answered with the number that the sign-in page shows.',
  RECOVERY_CODE: 'One of the single-use codes for a lost factor.',
}

const GUARD_RULE: Readonly<Record<GuardRule, string>> = {
  ORGANIZATION: 'The rule of the session’s organization, or the installation’s if the session is for none.',
  ACCOUNT:
    'The installation’s rule. The field is about the caller’s own account, which no organization’s rule affects.',
  CREDENTIALS:
    'Like `ACCOUNT`. In addition, the proof has to be of a kind that all of the caller’s organizations allow, if the ' +
    'account has or had one.',
}

const OWN_ENUMS: GuardEnums = {
  Access: enumType('Access', 'Who may use a field.', ACCESS_LEVELS, ACCESS),
  Assurance: enumType('Assurance', 'How strongly a session is proved, weakest first.', ASSURANCES, ASSURANCE),
  FactorType: enumType('FactorType', 'A kind of factor.', FACTOR_TYPES, FACTOR_TYPE),
  GuardRule: enumType('GuardRule', 'Whose rule applies to a field in addition to its guard.', GUARD_RULES, GUARD_RULE),
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
      'Who may use a field, and what the caller has to prove. On an object type the guard applies to every field ' +
      'that has none of its own. The whole document is decided before any of it runs.',
    locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.OBJECT],
    args: {
      access: {
        type: new GraphQLNonNull(enums.Access),
        defaultValue: 'ACCOUNT',
        description: 'Who may use the field.',
      },
      assurance: {
        type: new GraphQLNonNull(enums.Assurance),
        defaultValue: 'ONE_FACTOR',
        description: 'How strongly the session has to be proved.',
      },
      withinSeconds: {
        type: GraphQLInt,
        description:
          'How many seconds old the proof may be. 0: it has to be made for this one operation. Null: any age.',
      },
      factors: {
        type: new GraphQLList(new GraphQLNonNull(enums.FactorType)),
        description: 'Only proofs by these factors count. Null: proofs by every factor count.',
      },
      strongest: {
        type: new GraphQLNonNull(GraphQLBoolean),
        defaultValue: false,
        description:
          'Require the strongest assurance that the account’s active factors can give (`ONE_FACTOR` if it has none), ' +
          'and at least `assurance`.',
      },
      rule: {
        type: new GraphQLNonNull(enums.GuardRule),
        defaultValue: 'ORGANIZATION',
        description:
          'Whose rule applies in addition to this guard: which sessions need a second factor, and which kinds count.',
      },
      purpose: {
        type: GraphQLString,
        description:
          'The purpose: a dotted name such as `email.change`. It is shown to the caller and written to the audit ' +
          'log.',
      },
      reportOnly: {
        type: new GraphQLNonNull(GraphQLBoolean),
        defaultValue: false,
        description: 'Decide and record, but allow. Use it to see what a guard would do.',
      },
      authentication: {
        type: new GraphQLNonNull(GraphQLBoolean),
        defaultValue: false,
        description:
          'The field tries or sends a password, a code or a token. One operation may contain one such field, so that ' +
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
