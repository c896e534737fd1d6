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
    name: 'a device that was copied speaks for itself',
    file: 'src/devices/recognize-device.ts',
    find: "  if (device.copiedAt !== null) return { state: 'none', device, secret, fault: 'copied' }\n",
    replace: '',
    suites: ALARM,
  },
  {
    name: 'every sign-in prolongs how long the device is remembered',
    file: 'src/devices/record-device.ts',
    find: 'rememberedUntil: before?.rememberedUntil ?? null,',
    replace: 'rememberedUntil: before?.rememberedUntil ? rememberedUntil(settings, now) : null,',
    suites: TOKENS,
  },
  {
    name: 'a device is remembered although nobody asked for it',
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
    name: 'any key does for a device token',
    file: 'src/devices/demand-key.ts',
    find: "  if (verdict.thumbprint !== bound) return without(recognized, 'key-differs')\n",
    replace: '',
    suites: KEY,
  },
  {
    name: 'the proof of a device key is good twice',
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
    name: 'the id of a device is enough to take its trust away',
    file: 'src/devices/clone-alarm.ts',
    find: "if (!device || fault !== 'reused') return null",
    replace: 'if (!device || fault === null) return null',
    suites: ['test/devices/clone-alarm.test.ts'],
  },
  {
    name: 'a client says two things about one attribute',
    file: 'src/devices/fingerprint.ts',
    find: 'hashes.has(name)) return null',
    replace: 'value.length < 0) return null',
    suites: ['test/attacks/r088-fingerprint.test.ts'],
  },
  {
    name: 'a device secret whose successor arrived speaks for the device',
    file: 'src/devices/recognize-device.ts',
    find: "  if (state === 'reused') return { state: 'none', device, secret, fault: 'reused' }\n",
    replace: '',
    suites: ['test/attacks/r146-lost-device-secrets.test.ts', ...ALARM],
  },
  {
    name: 'a device secret lives on although its successor was never presented',
    file: 'src/devices/recognize-device.ts',
    find: "  if (state === 'lapsed') return { state: 'none', device, secret, fault: 'superseded' }\n",
    replace: '',
    suites: ['test/attacks/r146-lost-device-secrets.test.ts'],
  },
]
