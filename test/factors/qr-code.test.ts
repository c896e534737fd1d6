import { inflateSync } from 'node:zlib'
import jsQr from 'jsqr'
import { create } from 'qrcode'
import { drawQrCodePng, drawQrCodeSvg } from '../../src/factors/index.js'

const MARGIN = 4
const SCALE = 4
const BYTES_PER_PIXEL = 4
const [WHITE, BLACK] = [255, 0]

/** Pixels of four bytes (red, green, blue, opacity), row by row, as a camera passes them to a reader. */
interface Bitmap {
  readonly side: number
  readonly pixels: Uint8ClampedArray
}

/** A PNG of four bytes a pixel, whose lines are all filtered "up" (PNG section 9.2) or not at all. */
function bitmapOfPng(png: Buffer): Bitmap {
  const side = png.readUInt32BE(16)
  expect(png.readUInt32BE(20)).toBe(side)
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const lines = inflateSync(Buffer.concat(data))
  const lineLength = 1 + side * BYTES_PER_PIXEL
  const rows: Buffer[] = []
  for (let at = 0; at < lines.length; at += lineLength) {
    const above = rows.at(-1)
    const filter = lines[at]
    const line = lines.subarray(at + 1, at + lineLength)
    expect([0, 2]).toContain(filter)
    rows.push(Buffer.from(line.map((byte, place) => (filter === 2 ? byte + (above?.[place] ?? 0) : byte))))
  }
  expect(rows).toHaveLength(side)
  return { side, pixels: new Uint8ClampedArray(Buffer.concat(rows)) }
}

/** An SVG of a white square and one path of strokes to the right, drawn with `SCALE` pixels to its unit. */
function bitmapOfSvg(svg: string): Bitmap {
  const units = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
  const [background, strokes, ...others] = [...svg.matchAll(/<path [^>]* d="([^"]+)"\/>/g)].map(([, d = '']) => d)
  expect([background, others]).toEqual([`M0 0h${units}v${units}H0z`, []])
  const side = units * SCALE
  const pixels = new Uint8ClampedArray(side * side * BYTES_PER_PIXEL).fill(WHITE)
  let [x, y] = [0, 0]
  for (const [, command, first, second] of (strokes ?? '').matchAll(/([a-zA-Z])([\d.]+)(?: ([\d.]+))?/g)) {
    const by = Number(first)
    if (command === 'M') [x, y] = [by, Number(second)]
    else if (command === 'm') x += by
    else if (command === 'h') {
      // A stroke is one unit wide: half of it above its line, half below.
      fill({ side, pixels }, { left: x * SCALE, top: (y - 0.5) * SCALE, width: by * SCALE, height: SCALE })
      x += by
    } else throw new Error(`an unexpected command: ${command}`)
  }
  return { side, pixels }
}

function fill({ side, pixels }: Bitmap, box: { left: number; top: number; width: number; height: number }): void {
  for (let row = box.top; row < box.top + box.height; row += 1) {
    for (let column = box.left; column < box.left + box.width; column += 1) {
      const at = (row * side + column) * BYTES_PER_PIXEL
      pixels.fill(BLACK, at, at + BYTES_PER_PIXEL - 1)
    }
  }
}

const read = ({ pixels, side }: Bitmap): string | undefined => jsQr.default(pixels, side, side)?.data

describe('a QR code', () => {
  it.each([
    ['a key URI', 'otpauth://totp/Stepgate:ada%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Stepgate'],
    ['300 letters', 'x'.repeat(300)],
    ['letters beyond ASCII', 'ünïcödé 🔑'],
  ])('R029 encodes %s exactly, according to an independent reader, as PNG and as SVG', async (_, text) => {
    const svg = await drawQrCodeSvg(text)
    const pngDataUrl = await drawQrCodePng(text)
    expect(pngDataUrl).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/)
    const png = bitmapOfPng(Buffer.from(pngDataUrl.slice(pngDataUrl.indexOf(',') + 1), 'base64'))
    expect(read(png)).toBe(text)
    expect(read(bitmapOfSvg(svg))).toBe(text)
    expect(Buffer.from(bitmapOfSvg(svg).pixels).equals(Buffer.from(png.pixels))).toBe(true)
  })

  it('has the quiet margin of four modules that readers need, and corrects 15 % of damage', async () => {
    const svg = await drawQrCodeSvg('text')
    const { modules } = create('text', { errorCorrectionLevel: 'M' })
    const { side, pixels } = bitmapOfSvg(svg)
    expect(side).toBe((modules.size + 2 * MARGIN) * SCALE)
    const darkAt = (row: number, column: number) => {
      const middle = (place: number) => (place + MARGIN) * SCALE + SCALE / 2
      return pixels[(middle(row) * side + middle(column)) * BYTES_PER_PIXEL] === BLACK ? 1 : 0
    }
    const size = modules.size
    const drawn = Array.from(modules.data, (_, place) => darkAt(Math.floor(place / size), place % size))
    expect(drawn).toEqual(Array.from(modules.data))
    const dark = Array.from({ length: side }, (_, at) => at).filter((at) =>
      pixels.subarray(at * side * BYTES_PER_PIXEL, (at + 1) * side * BYTES_PER_PIXEL).includes(BLACK),
    )
    expect([dark[0], dark.at(-1)]).toEqual([MARGIN * SCALE, side - MARGIN * SCALE - 1])
  })

  it('is still readable with a blot on it', async () => {
    const bitmap = bitmapOfSvg(await drawQrCodeSvg('otpauth://totp/Stepgate:ada?secret=JBSWY3DPEHPK3PXP'))
    const middle = Math.floor(bitmap.side / 2)
    fill(bitmap, { left: middle, top: middle, width: 5 * SCALE, height: 5 * SCALE })
    expect(read(bitmap)).toBe('otpauth://totp/Stepgate:ada?secret=JBSWY3DPEHPK3PXP')
  })
})
