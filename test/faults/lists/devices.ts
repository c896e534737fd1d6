import type { Fault } from '../fault.js'

const TOKENS = ['test/attacks/r088-device-tokens.test.ts'] as const
const KEY = ['test/attacks/r088-device-key.test.ts'] as const
const ALARM = ['test/attacks/r088-clone-alarm.test.ts'] as const

export const DEVICE_FAULTS: readonly Fault[] = [
  {
    name: 'a device is remembered for ever',
    file: 'src/devices/recognize-device.ts',
    find: 'device.rememberedUntil !== null && device.rememberedUntil > now',
    replace: 'device.rememberedUntil !== null',
    suites: TOKENS,
  },
  {
    name: 'the id of a device is enough to be it',
    file: 'src/devices/recognize-device.ts',
    find: "  if (state === 'unknown') return { state: 'foreign', device, secret, fault: 'wrong-secret' }\n",
    replace: '',
    suites: TOKENS,
  },
  {
    name: "a copied device's token still proves the device",
    file: 'src/devices/recognize-device.ts',
    find: "  if (device.copiedAt !== null) return { state: 'none', device, secret, fault: 'copied' }\n",
    replace: '',
    suites: ALARM,
  },
  {
    name: 'every sign-in extends how long the device is remembered',
    file: 'src/devices/record-device.ts',
    find: 'rememberedUntil: before?.rememberedUntil ?? null,',
    replace: 'rememberedUntil: before?.rememberedUntil ? rememberedUntil(settings, now) : null,',
    suites: TOKENS,
  },
  {
    name: 'a device is remembered without a request',
    file: 'src/devices/record-device.ts',
    find: 'if (rememberWith !== null) return',
    replace: 'if (rememberWith !== null || before === null) return',
    suites: TOKENS,
  },
  {
    name: 'a device token works without the key it is bound to',
    file: 'src/devices/demand-key.ts',
    find: "  if (verdict.kind === 'missing') return without(recognized, 'key-missing')\n",
    replace: "  if (verdict.kind === 'missing') return recognized\n",
    suites: KEY,
  },
  {
    name: 'any key is accepted for a device token',
    file: 'src/devices/demand-key.ts',
    find: "  if (verdict.thumbprint !== bound) return without(recognized, 'key-differs')\n",
    replace: '',
    suites: KEY,
  },
  {
    name: "a device key's proof works twice",
    file: 'src/devices/demand-key.ts',
    find: "return !isBound || (await proof.spend()) ? held : without(held, 'proof-replayed')",
    replace: "return !isBound || (await proof.spend()) || isBound ? held : without(held, 'proof-replayed')",
    suites: KEY,
  },
  {
    name: 'a used-up device secret raises no alarm',
    file: 'src/devices/clone-alarm.ts',
    find: "if (!device || fault !== 'reused') return null",
    replace: "if (!device || fault !== 'copied') return null",
    suites: ALARM,
  },
  {
    name: 'the id of a device is enough to revoke its trust',
    file: 'src/devices/clone-alarm.ts',
    find: "if (!device || fault !== 'reused') return null",
    replace: 'if (!device || fault === null) return null',
    suites: ['test/devices/clone-alarm.test.ts'],
  },
  {
    name: 'a client may report an attribute twice',
    file: 'src/devices/fingerprint.ts',
    find: 'hashes.has(name)) return null',
    replace: 'value.length < 0) return null',
    suites: ['test/attacks/r088-fingerprint.test.ts'],
  },
  {
    name: 'a device secret whose successor arrived still proves the device',
    file: 'src/devices/recognize-device.ts',
    find: "  if (state === 'reused') return { state: 'none', device, secret, fault: 'reused' }\n",
    replace: '',
    suites: ['test/attacks/r146-lost-device-secrets.test.ts', ...ALARM],
  },
  {
    name: 'a device secret never lapses although its successor was never presented',
    file: 'src/devices/recognize-device.ts',
    find: "  if (state === 'lapsed') return { state: 'none', device, secret, fault: 'superseded' }\n",
    replace: '',
    suites: ['test/attacks/r146-lost-device-secrets.test.ts'],
  },
]
