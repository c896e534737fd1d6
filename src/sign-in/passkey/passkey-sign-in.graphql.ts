import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { type DeviceProofs, hashFingerprint } from '../../devices/index.js'
import { secondsBetween } from '../../kernel/clock.js'
import { SessionTransportEnum } from '../../kernel/enums.graphql.js'
import { Guard } from '../../kernel/guard.graphql.js'
import { badInput, parseInput } from '../../kernel/parse-input.js'
import { refuse, refuseUntil } from '../../kernel/refusal.js'
import { auditContextOf, type RequestContext } from '../../kernel/request-context.js'
import { destinationOf } from '../destination.js'
import type { PresentedPasskey } from '../ports.js'
import { SESSION_TRANSPORTS, type SessionTransport } from '../../sessions/index.js'
import { presentSignIn, type PresentDeps } from '../present-sign-in.graphql.js'
import {
  destinationInput,
  FingerprintAttributeInput,
  fingerprintInput,
  SignInResult,
  type SignInAnswer,
} from '../sign-in.graphql.js'
import { signInWithPasskey, type PasskeyHolder, type PasskeySignInDeps } from './sign-in-with-passkey.js'

@ObjectType({ description: 'What a browser needs to ask for a passkey of any account.' })
export class BeginPasskeySignInPayload {
  @Field(() => GraphQLJSONObject, {
    description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`.',
  })
  readonly requestOptions!: object

  @Field(() => GraphQLDateTimeISO, { description: 'When the challenge expires. It can be answered once.' })
  readonly expiresAt!: Date
}

@InputType({ description: 'A passkey, and the transport of the session.' })
export class SignInWithPasskeyInput {
  @Field(() => String, { description: '`JSON.stringify(credential)` with the result of `navigator.credentials.get`.' })
  readonly webauthn!: string

  @Field(() => SessionTransportEnum, { defaultValue: 'COOKIE', description: 'Cookie for browsers, bearer for apps.' })
  readonly transport!: SessionTransport

  @Field(() => [FingerprintAttributeInput], { nullable: true, description: 'What the client reports about itself.' })
  readonly fingerprint?: readonly FingerprintAttributeInput[] | null

  @Field(() => ID, { nullable: true, description: 'The organization that the session is for.' })
  readonly organizationId?: string | null

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'List the account’s organizations and let it choose. See `OrganizationRequired`.',
  })
  readonly discover!: boolean
}

const passkeyInput = z.object({
  // Judged, not validated: what is malformed gets the answer of what is wrong.
  webauthn: z.string().max(65_536),
  transport: z.enum(SESSION_TRANSPORTS),
  fingerprint: fingerprintInput,
  ...destinationInput,
})

/** One sentence for unknown, wrong, replayed and disabled alike (R055). */
const WRONG = 'The passkey was not accepted.'

export type PasskeyResolverDeps<P extends PasskeyHolder, T extends PresentedPasskey> = PasskeySignInDeps<P, T> &
  PresentDeps & {
    readonly deviceProofs: DeviceProofs
  }

@Resolver()
export class PasskeyResolver<P extends PasskeyHolder, T extends PresentedPasskey> {
  constructor(private readonly deps: PasskeyResolverDeps<P, T>) {}

  @Mutation(() => BeginPasskeySignInPayload, {
    description: 'Begins a sign-in with a passkey. The answer names no account and no passkey.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  beginPasskeySignIn(): BeginPasskeySignInPayload {
    if (!this.deps.passkeys) throw refuse('FORBIDDEN', { message: 'Passkeys are not on offer.' })
    return this.deps.passkeys.begin()
  }

  @Mutation(() => SignInResult, {
    description: 'Signs in with a passkey that verified its user. The session is `PHISHING_RESISTANT` at once.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signInWithPasskey(
    @Arg('input', () => SignInWithPasskeyInput, { description: 'The answer of the passkey.' })
    input: SignInWithPasskeyInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    const { webauthn, transport, fingerprint, ...asked } = parseInput(passkeyInput, input)
    const hashes = hashFingerprint(this.deps.secrets, fingerprint ?? [])
    if (!hashes) throw badInput(['fingerprint'])
    const outcome = await signInWithPasskey(this.deps, {
      webauthn,
      transport,
      fingerprint: hashes,
      destination: destinationOf(asked),
      deviceTokenFor: (accountId) => context.jar.deviceToken(accountId),
      deviceKey: this.deps.deviceProofs.read(context.jar.deviceProof()),
      former: context.actor.kind === 'session' ? context.actor : null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'locked') {
      throw refuseUntil('TOO_MANY_ATTEMPTS', secondsBetween(this.deps.clock.now(), outcome.until))
    }
    return presentSignIn(this.deps, outcome, WRONG, context)
  }
}
