import { scaled, type Axis } from './axis.js'

export interface Series {
  readonly name: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

export interface LineChart {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
}

const WIDTH = 860
const HEIGHT = 480
/** Around the plot; the legend is on the right. */
const MARGIN = { top: 48, right: 210, bottom: 56, left: 72 }
const PLOT = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }
// Told apart by people who do not see all colours (Okabe and Ito); dashes tell apart what comes after them.
const COLOURS = ['#d55e00', '#0072b2', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000', '#8a6d3b']
const DASHES = ['', '7 4', '2 4']

/** A line chart as SVG on a panel of its own, so that it reads the same on dark and on light pages. */
export function lineChart({ title, x, y, series }: LineChart): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="#222">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="#fff" stroke="#bbb"/>`,
    `<text x="${MARGIN.left}" y="28" font-size="16" font-weight="600">${escaped(title)}</text>`,
    ...xAxis(x),
    ...yAxis(y),
    ...series.map((each, index) => line(each, index, x, y)),
    ...series.map(legend),
    '</svg>',
    '',
  ].join('\n')
}

const placeX = (axis: Axis, value: number): number => MARGIN.left + PLOT.width * scaled(axis, value)
const placeY = (axis: Axis, value: number): number => MARGIN.top + PLOT.height * (1 - scaled(axis, value))

function xAxis(axis: Axis): readonly string[] {
  const bottom = MARGIN.top + PLOT.height
  return [
    ...axis.ticks.flatMap(({ at, label }) => {
      const x = placeX(axis, at).toFixed(1)
      return [
        `<line x1="${x}" x2="${x}" y1="${MARGIN.top}" y2="${bottom}" stroke="#e4e4e4"/>`,
        `<text x="${x}" y="${bottom + 20}" text-anchor="middle">${escaped(label)}</text>`,
      ]
    }),
    `<text x="${MARGIN.left + PLOT.width / 2}" y="${HEIGHT - 14}" text-anchor="middle">${escaped(axis.label)}</text>`,
  ]
}

function yAxis(axis: Axis): readonly string[] {
  const middle = MARGIN.top + PLOT.height / 2
  return [
    ...axis.ticks.flatMap(({ at, label }) => {
      const y = placeY(axis, at)
      return [
        `<line x1="${MARGIN.left}" x2="${MARGIN.left + PLOT.width}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="#e4e4e4"/>`,
        `<text x="${MARGIN.left - 8}" y="${(y + 4).toFixed(1)}" text-anchor="end">${escaped(label)}</text>`,
      ]
    }),
    `<text x="18" y="${middle}" text-anchor="middle" transform="rotate(-90 18 ${middle})">${escaped(axis.label)}</text>`,
  ]
}

function line({ points }: Series, index: number, x: Axis, y: Axis): string {
  const places = points.map((point) => `${placeX(x, point.x).toFixed(1)},${placeY(y, point.y).toFixed(1)}`)
  return `<polyline points="${places.join(' ')}" fill="none" ${stroke(index)}/>`
}

function legend({ name }: Series, index: number): string {
  const left = WIDTH - MARGIN.right + 18
  const y = MARGIN.top + 12 + index * 21
  const sample = `<line x1="${left}" x2="${left + 26}" y1="${y - 4}" y2="${y - 4}" ${stroke(index)}/>`
  return `${sample}<text x="${left + 34}" y="${y}">${escaped(name)}</text>`
}

function stroke(index: number): string {
  const dash = DASHES[Math.floor(index / COLOURS.length) % DASHES.length] ?? ''
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`
  return `stroke="${COLOURS[index % COLOURS.length] ?? '#000'}" stroke-width="2"${dashes}`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
