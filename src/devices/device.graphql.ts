import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../kernel/guard.graphql.js'
import { Reads } from '../kernel/reads.graphql.js'
import type { AccountId, DeviceId } from '../kernel/ids.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { auditContextOf, endGrant, viewerOf, type RequestContext } from '../kernel/request-context.js'
import type { Clock } from '../kernel/clock.js'
import { deviceIdText, nameText } from '../kernel/text.js'
import type { Device, Devices } from './device.js'
import { forgetAllDevices, forgetDevice, type ForgetDeviceDeps } from './forget-device.js'
import { renameDevice, type RenameDeviceDeps } from './rename-device.js'

@ObjectType('Device', { description: 'A browser or app you have signed in on.' })
export class DeviceType {
  @Field(() => ID, { description: 'Which device.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name; yours to change.' })
  readonly name!: string

  @Field(() => Boolean, { description: 'Whether this request comes from a session on it.' })
  readonly current!: boolean

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description:
      'Until when it is spared the prompt at sign-in; null when it is not remembered. It never counts as MFA.',
  })
  readonly rememberedUntil!: Date | null

  @Field(() => Boolean, {
    description: 'Whether its token only works together with a key that cannot leave the browser.',
  })
  readonly bound!: boolean

  @Field(() => GraphQLDateTimeISO, { description: 'When it was first used.' })
  readonly firstSeenAt!: Date

  @Field(() => GraphQLDateTimeISO, { description: 'The last sign-in on it.' })
  readonly lastSeenAt!: Date

  @Field(() => String, { description: 'The network address of that sign-in.' })
  readonly address!: string
}

@InputType({ description: 'A device and its new name.' })
export class RenameDeviceInput {
  @Field(() => ID, { description: 'Which device.' })
  readonly deviceId!: string

  @Field(() => String, { description: 'Up to 64 characters.' })
  readonly name!: string
}

@ObjectType({ description: 'The result of forgetting devices.' })
export class ForgetDevicesPayload {
  @Field(() => Int, { description: 'How many devices were forgotten.' })
  readonly forgotten!: number
}

interface Viewer {
  readonly account: { readonly id: AccountId }
  readonly session: { readonly deviceId: DeviceId | null }
}

interface ViewerWithDevices extends Viewer {
  readonly devices: Devices
}

const renameInput = z.object({ deviceId: deviceIdText, name: nameText })

@Resolver()
export class DeviceResolver {
  constructor(private readonly deps: ForgetDeviceDeps & RenameDeviceDeps & { readonly clock: Clock }) {}

  @Query(() => [DeviceType], { description: 'Your devices, the most recently used first.' })
  @Guard({ rule: 'ACCOUNT' })
  @Reads('DEVICES')
  myDevices(@Ctx() context: RequestContext<ViewerWithDevices>): DeviceType[] {
    const { devices, session } = viewerOf(context)
    const now = this.deps.clock.now()
    return Object.values(devices)
      .sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())
      .map((device) => presentDevice(device, session.deviceId, now))
  }

  @Mutation(() => DeviceType, { description: 'Renames a device.' })
  @Guard({ rule: 'ACCOUNT' })
  @Reads('DEVICES')
  async renameDevice(
    @Arg('input', () => RenameDeviceInput, { description: 'The device and its name.' }) input: RenameDeviceInput,
    @Ctx() context: RequestContext<ViewerWithDevices>,
  ): Promise<DeviceType> {
    const { account, devices, session } = viewerOf(context)
    const { deviceId, name } = parseInput(renameInput, input)
    const device = devices[deviceId]
    const isRenamed = await renameDevice(this.deps, {
      accountId: account.id,
      deviceId,
      name,
      context: auditContextOf(context),
    })
    if (!isRenamed || !device) throw badInput(['deviceId'])
    return presentDevice({ ...device, name }, session.deviceId, this.deps.clock.now())
  }

  @Mutation(() => ForgetDevicesPayload, {
    description: 'Forgets one of your devices. It needs the second factor again at its next sign-in.',
  })
  @Guard({ rule: 'ACCOUNT' })
  async forgetDevice(
    @Arg('deviceId', () => ID, { description: 'The device.' }) deviceId: string,
    @Ctx() context: RequestContext<Viewer>,
  ): Promise<ForgetDevicesPayload> {
    const { account, session } = viewerOf(context)
    const parsed = parseInput(z.object({ deviceId: deviceIdText }), { deviceId })
    const input = { accountId: account.id, deviceId: parsed.deviceId, context: auditContextOf(context) }
    const isForgotten = await forgetDevice(this.deps, input)
    if (isForgotten && parsed.deviceId === session.deviceId) {
      context.jar.clearDevice(account.id)
      endGrantOfDevice(context)
    }
    return { forgotten: isForgotten ? 1 : 0 }
  }

  @Mutation(() => ForgetDevicesPayload, { description: 'Forgets all your devices.' })
  @Guard({ rule: 'ACCOUNT' })
  @Reads('DEVICES')
  async forgetAllDevices(@Ctx() context: RequestContext<ViewerWithDevices>): Promise<ForgetDevicesPayload> {
    const { account, devices } = viewerOf(context)
    const deviceIds = Object.values(devices).map((device) => device.id)
    const input = { accountId: account.id, deviceIds, context: auditContextOf(context) }
    const forgotten = await forgetAllDevices(this.deps, input)
    context.jar.clearDevice(account.id)
    endGrantOfDevice(context)
    return { forgotten }
  }
}

/** Ends what was granted because the device is remembered. */
function endGrantOfDevice(context: RequestContext<Viewer>): void {
  if (context.actor.kind === 'session' && context.actor.onRememberedDevice) endGrant(context)
}

export function presentDevice(device: Device, current: DeviceId | null, now: Date): DeviceType {
  const { id, name, firstSeenAt, lastSeenAt, address, rememberedUntil, keyThumbprint } = device
  const isRemembered = rememberedUntil !== null && rememberedUntil > now
  return {
    id,
    name,
    current: id === current,
    rememberedUntil: isRemembered ? rememberedUntil : null,
    bound: keyThumbprint !== null,
    firstSeenAt,
    lastSeenAt,
    address,
  }
}
