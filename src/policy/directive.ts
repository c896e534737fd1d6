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
  PENDING: 'Any session, including one that has not verified its second factor yet.',
  ACCOUNT: 'An active session.',
  MEMBER: 'An active session of a member of the organization that the session is for.',
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
  EMAIL: 'A code sent by e-mail; does not count as MFA unless policy says so.',
  WEBAUTHN: 'A passkey or security key; resists phishing.',
  PUSH: 'A message to an enrolled device, answered with the number the sign-in page shows.',
  RECOVERY_CODE: 'A single-use code that replaces a lost factor.',
}

const GUARD_RULE: Readonly<Record<GuardRule, string>> = {
  ORGANIZATION: 'The rule of the session’s organization, or the installation’s rule if the session has none.',
  ACCOUNT: 'The installation’s rule: the field concerns the caller’s own account, which no organization can block.',
  CREDENTIALS:
    'Like `ACCOUNT`. If the account ever had a factor that the caller’s organizations allow, the proof must be of an allowed type.',
}

const OWN_ENUMS: GuardEnums = {
  Access: enumType('Access', 'Who may call or read a field.', ACCESS_LEVELS, ACCESS),
  Assurance: enumType('Assurance', 'How strongly a session is authenticated, weakest first.', ASSURANCES, ASSURANCE),
  FactorType: enumType('FactorType', 'A type of authentication factor.', FACTOR_TYPES, FACTOR_TYPE),
  GuardRule: enumType('GuardRule', 'Whose rule applies to a field, in addition to its guard.', GUARD_RULES, GUARD_RULE),
}

/** `@guard`, as in schema/directives.graphql. If the schema already has the enums, use `withGuardDirective` instead. */
export const guardDirective: GraphQLDirective = directiveOver(OWN_ENUMS)

/** The directive and its enums as SDL. Add it to your own type definitions. */
export const guardTypeDefs: string = printSchema(new GraphQLSchema({ directives: [guardDirective] }))

/**
 * The same schema with `@guard` declared. The directive uses the schema's own enums if they exist, as with TypeGraphQL,
 * because a schema cannot contain two types with the same name.
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
      'Who may use a field, and what they must have proved. On an object type it applies to every field without a guard ' +
      'of its own. The guards of everything a document reaches are checked before any of it runs.',
    locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.OBJECT],
    args: {
      access: {
        type: new GraphQLNonNull(enums.Access),
        defaultValue: 'ACCOUNT',
        description: 'Who may call or read the field.',
      },
      assurance: {
        type: new GraphQLNonNull(enums.Assurance),
        defaultValue: 'ONE_FACTOR',
        description: 'How strongly the session must be authenticated.',
      },
      withinSeconds: {
        type: GraphQLInt,
        description: 'The maximum age of the proof in seconds; 0: a proof for this one operation; null: any age.',
      },
      factors: {
        type: new GraphQLList(new GraphQLNonNull(enums.FactorType)),
        description: 'Only proofs of these factor types count; null: all types count.',
      },
      strongest: {
        type: new GraphQLNonNull(GraphQLBoolean),
        defaultValue: false,
        description:
          'Require the strongest assurance that the account’s active factors can give (`ONE_FACTOR` if it has none), and ' +
          'at least `assurance`.',
      },
      rule: {
        type: new GraphQLNonNull(enums.GuardRule),
        defaultValue: 'ORGANIZATION',
        description:
          'Whose rule applies in addition to this guard. A rule says which sessions need a second factor, and which ' +
          'factor types count.',
      },
      purpose: {
        type: GraphQLString,
        description:
          'The purpose: a dotted name, such as `email.change`. It selects the message the user sees and is written to ' +
          'the audit log.',
      },
      reportOnly: {
        type: new GraphQLNonNull(GraphQLBoolean),
        defaultValue: false,
        description: 'Record what the guard would refuse, but allow it. Use this to try out a guard.',
      },
      authentication: {
        type: new GraphQLNonNull(GraphQLBoolean),
        defaultValue: false,
        description:
          'The field checks or sends a password, a code or a token. An operation may contain one such field, so that ' +
          'each request is one attempt.',
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
