import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { secondsBetween } from '../kernel/clock.js'
import { Guard } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse, refuseUntil } from '../kernel/refusal.js'
import { decodeBase64url } from '../kernel/base64url.js'
import { isPointOfP256 } from '../kernel/sound-key.js'
import {
  auditContextOf,
  endGrant,
  viewerOf,
  type AuditContext,
  type RequestContext,
} from '../kernel/request-context.js'
import { challengeIdText, nameText, tokenText } from '../kernel/text.js'
import { approvePushRequest, type ApprovePushRequestDeps } from './approve-push-request.js'
import type { ChallengeFailed } from './challenge.graphql.js'
import { statusOf } from './challenge-status.js'
import { connectPushDevice, type ConnectPushDeviceDeps } from './connect-push-device.js'
import { denyPushRequest, type DenyPushRequestDeps } from './deny-push-request.js'
import { listPushRequests } from './list-push-requests.js'
import type { ChallengedPerson } from './ports.js'
import {
  AnswerPushResult,
  ApprovePushRequestInput,
  ChallengeStatusEnum,
  ConnectPushDeviceInput,
  ConnectPushDevicePayload,
  DenyPushRequestInput,
  PushRequestsInput,
  PushRequestsPayload,
  SubscribePushDeviceInput,
  SubscribePushDevicePayload,
  type ChallengeStatus,
  type PushAnswered,
} from './push.graphql.js'
import { subscribePushDevice, type SubscribePushDeviceDeps } from './subscribe-push-device.js'

export interface PushResolverDeps
  extends ConnectPushDeviceDeps, SubscribePushDeviceDeps, ApprovePushRequestDeps, DenyPushRequestDeps {
  /** Counts an unsigned or wrongly signed call against the client's address, and throws when there were too many. */
  readonly wrongDeviceCalls: (context: AuditContext) => Promise<void>
}

const base64url = (bytes: number) => z.string().refine((text) => decodeBase64url(text)?.length === bytes)
/** The key that messages to the browser are encrypted for: a point of P-256, uncompressed (RFC 8291 section 3.1). */
const subscriptionKey = base64url(65).refine(isPointOfP256)

const connectInput = z.object({ token: tokenText, publicKey: z.string().max(512), name: nameText.nullish() })
// An inconsistent call gets the same answer as a wrong signature (R022). Only absurd sizes are rejected here.
const deviceCall = z.object({
  device: z.string().max(64),
  issuedAt: z.date(),
  signature: z.string().max(512),
})
const subscribeInput = deviceCall.extend({
  subscription: z.object({ endpoint: z.string().max(1024), p256dh: subscriptionKey, auth: base64url(16) }),
})
const denyInput = deviceCall.extend({ challengeId: z.string().max(200) })
const approveInput = denyInput.extend({ number: z.string().max(4096) })

const NOT_AVAILABLE: ChallengeFailed = Object.freeze({ code: 'CHALLENGE_NOT_AVAILABLE', attemptsLeft: null })

/** The operations of enrolled devices. A device has no session: each call carries a signature (R043). */
@Resolver()
export class PushResolver {
  constructor(private readonly deps: PushResolverDeps) {}

  @Mutation(() => ConnectPushDevicePayload, {
    description: 'Connects the device that opened the link of an enrolment.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async connectPushDevice(
    @Arg('input', () => ConnectPushDeviceInput, { description: 'The link’s token and the device’s key.' })
    input: ConnectPushDeviceInput,
    @Ctx() context: RequestContext,
  ): Promise<ConnectPushDevicePayload> {
    const { name, ...given } = parseInput(connectInput, input)
    const audit = auditContextOf(context)
    const outcome = await connectPushDevice(this.deps, { ...given, name: name ?? null, context: audit })
    if (outcome.kind === 'bad-key') throw badInput(['publicKey'])
    if (outcome.kind === 'not-available') {
      await this.deps.wrongDeviceCalls(audit)
      throw badInput(['token'], 'link.not-available')
    }
    return outcome
  }

  @Mutation(() => SubscribePushDevicePayload, { description: 'Stores where an enrolled device can be woken up.' })
  @Guard({ access: 'PUBLIC', authentication: true })
  async subscribePushDevice(
    @Arg('input', () => SubscribePushDeviceInput, { description: 'The subscription, signed by the device.' })
    input: SubscribePushDeviceInput,
    @Ctx() context: RequestContext,
  ): Promise<SubscribePushDevicePayload> {
    const { subscription, ...call } = parseInput(subscribeInput, input)
    const outcome = await subscribePushDevice(this.deps, { call, subscription })
    if (outcome.kind === 'not-available') throw await this.unknownDevice(context)
    if (outcome.kind === 'not-a-push-service') throw badInput(['subscription.endpoint'])
    return { subscribed: true }
  }

  @Query(() => PushRequestsPayload, { description: 'The prompts that wait for an enrolled device. Send it by POST.' })
  @Guard({ access: 'PUBLIC', authentication: true })
  async pushRequests(
    @Arg('input', () => PushRequestsInput, { description: 'The device and its signature.' }) input: PushRequestsInput,
    @Ctx() context: RequestContext,
  ): Promise<PushRequestsPayload> {
    const call = parseInput(deviceCall, input)
    const requests = await listPushRequests(this.deps, call)
    if (!requests) throw await this.unknownDevice(context)
    return { now: this.deps.clock.now(), requests }
  }

  @Mutation(() => AnswerPushResult, {
    description:
      'Answers a prompt with the number shown on the page that started it. A wrong number counts like a wrong ' +
      'code.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async approvePushRequest(
    @Arg('input', () => ApprovePushRequestInput, { description: 'The number, signed by the device.' })
    input: ApprovePushRequestInput,
    @Ctx() context: RequestContext,
  ): Promise<PushAnswered | ChallengeFailed> {
    const { challengeId, number, ...call } = parseInput(approveInput, input)
    const audit = auditContextOf(context)
    const known = challengeIdText.safeParse(challengeId)
    if (!known.success) return this.notAvailable(context)
    const outcome = await approvePushRequest(this.deps, { call, challengeId: known.data, number, context: audit })
    switch (outcome.kind) {
      case 'approved':
        return { challengeId }
      case 'wrong-answer':
        context.afterAnswer(outcome.notify)
        return { code: 'CODE_INVALID', attemptsLeft: outcome.attemptsLeft }
      case 'not-available':
        return this.notAvailable(context)
      case 'locked':
        throw refuseUntil('TOO_MANY_ATTEMPTS', secondsBetween(this.deps.clock.now(), outcome.until))
    }
  }

  @Mutation(() => AnswerPushResult, {
    description:
      'Reports that the prompt is not the owner’s: ends the challenge and its sign-in, and raises the alarm.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async denyPushRequest(
    @Arg('input', () => DenyPushRequestInput, { description: 'The challenge, signed by the device.' })
    input: DenyPushRequestInput,
    @Ctx() context: RequestContext,
  ): Promise<PushAnswered | ChallengeFailed> {
    const { challengeId, ...call } = parseInput(denyInput, input)
    const audit = auditContextOf(context)
    const known = challengeIdText.safeParse(challengeId)
    if (!known.success) return this.notAvailable(context)
    const outcome = await denyPushRequest(this.deps, { call, challengeId: known.data, context: audit })
    if (outcome.kind === 'not-available') return this.notAvailable(context)
    // The session that ended may be the one this request came with.
    endGrant(context)
    context.afterAnswer(outcome.notify)
    return { challengeId }
  }

  @Query(() => ChallengeStatusEnum, { description: 'The status of a challenge of your session; cheap enough to poll.' })
  @Guard({ access: 'PENDING' })
  challengeStatus(
    @Arg('challengeId', () => ID, { description: 'The challenge.' }) challengeId: string,
    @Ctx() context: RequestContext<Pick<ChallengedPerson, 'session'>>,
  ): ChallengeStatus {
    return statusOf(viewerOf(context).session, challengeId, this.deps.clock.now())
  }

  private async notAvailable(context: RequestContext): Promise<ChallengeFailed> {
    await this.deps.wrongDeviceCalls(auditContextOf(context))
    return NOT_AVAILABLE
  }

  private async unknownDevice(context: RequestContext) {
    await this.deps.wrongDeviceCalls(auditContextOf(context))
    return refuse('UNAUTHENTICATED', { says: 'push.device-unknown' })
  }
}
