// Loaded with the first drawing: it brings a PNG encoder, and a start needs neither.
const load = () => import('qrcode')

// Level M corrects 15 % of damage: enough for a screen, and still small.
const OPTIONS = { errorCorrectionLevel: 'M', margin: 4 } as const
// Rows of a QR code repeat the row above: fixing pngjs to the filter "up" saves the two thirds of the time it would
// spend searching for one.
const PNG = { filterType: 2, deflateLevel: 6, deflateStrategy: 0 }

/** A QR code as SVG text, to inline. */
export async function drawQrCodeSvg(text: string): Promise<string> {
  const { toString } = await load()
  return toString(text, { ...OPTIONS, type: 'svg' })
}

/**
 * A QR code as a PNG in a `data:` URL, for an `<img>`: four pixels per module. Takes milliseconds, so draw it on
 * demand.
 */
export async function drawQrCodePng(text: string): Promise<string> {
  const { toBuffer } = await load()
  const png = await toBuffer(text, { ...OPTIONS, type: 'png', scale: 4, rendererOpts: { ...PNG } })
  return `data:image/png;base64,${png.toString('base64')}`
}
