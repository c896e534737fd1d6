import { inflateSync } from 'node:zlib'
import { create } from 'qrcode'
import { drawQrCode } from '../../src/factors/index.js'

const MARGIN = 4
const SCALE = 6
const BYTES_PER_PIXEL = 4

/** The rows of a PNG of four bytes a pixel, whose lines are all filtered "up" (PNG section 9.2) or not at all. */
function rowsOf(png: Buffer): Buffer[] {
  const width = png.readUInt32BE(16)
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const lines = inflateSync(Buffer.concat(data))
  const lineLength = 1 + width * BYTES_PER_PIXEL
  const rows: Buffer[] = []
  for (let at = 0; at < lines.length; at += lineLength) {
    const above = rows.at(-1)
    const filter = lines[at]
    const line = lines.subarray(at + 1, at + lineLength)
    expect([0, 2]).toContain(filter)
    rows.push(Buffer.from(line.map((byte, place) => (filter === 2 ? byte + (above?.[place] ?? 0) : byte))))
  }
  return rows
}

describe('a QR code', () => {
  it.each(['otpauth://totp/Stepgate:ada%40example.com?secret=ABCD', 'x'.repeat(300), 'ünïcödé 🔑'])(
    'R029 draws exactly its text: %s',
    async (text) => {
      const { pngDataUrl } = await drawQrCode(text)
      expect(pngDataUrl).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/)
      const rows = rowsOf(Buffer.from(pngDataUrl.slice(pngDataUrl.indexOf(',') + 1), 'base64'))
      const { modules } = create(text, { errorCorrectionLevel: 'M' })
      expect(rows).toHaveLength((modules.size + 2 * MARGIN) * SCALE)

      const isDark = (row: number, column: number) => {
        const middle = (place: number) => (place + MARGIN) * SCALE + SCALE / 2
        return rows[middle(row)]?.[middle(column) * BYTES_PER_PIXEL] === 0
      }
      const drawn = Array.from(modules.data, (_, place) => {
        return isDark(Math.floor(place / modules.size), place % modules.size) ? 1 : 0
      })
      expect(drawn).toEqual(Array.from(modules.data))
    },
  )

  it('is drawn as SVG too', async () => {
    expect((await drawQrCode('text')).svg).toMatch(/^<svg /)
  })
})
