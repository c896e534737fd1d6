import { unpackDevice } from '../../src/store/compact/pack-device.js'
import { unpackSession } from '../../src/store/compact/pack-session.js'

/** A stored text, with what its packed parts say, so that nothing is overlooked in them. */
export function withPackedTexts(text: string): string {
  const said = [...text.matchAll(/"packed":"([\w-]+)"/g)].map(([, packed = '']) =>
    JSON.stringify(unpackSession(packed) ?? unpackDevice(packed)),
  )
  return [text, ...said].join('\n')
}
