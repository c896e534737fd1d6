import { toDataURL, toString } from 'qrcode'

/** A QR code as people need it: SVG text to inline, and a PNG as a data URL for an `<img>`. */
export interface QrCode {
  readonly svg: string
  readonly pngDataUrl: string
}

/** Level M corrects 15 % of damage: enough for a screen, and still small. */
export async function drawQrCode(text: string): Promise<QrCode> {
  const options = { errorCorrectionLevel: 'M', margin: 4 } as const
  const [svg, pngDataUrl] = await Promise.all([
    toString(text, { ...options, type: 'svg' }),
    toDataURL(text, { ...options, scale: 6 }),
  ])
  return { svg, pngDataUrl }
}
